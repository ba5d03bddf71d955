// SPDX-License-Identifier: MIT
#include "operators/supports.hpp"

#include <algorithm>

namespace inlay::tool {

std::vector<operator_support const*> all_operators() {
    return {
        &average_pool2d_support,
        &conv2d_support,
        &depthwise_conv2d_support,
        &fully_connected_support,
        &max_pool2d_support,
        &mean_support,
        &softmax_support,
        &sum_support,
    };
}

operator_support const* find_operator(std::string_view kind) {
    static auto const operators = all_operators();
    auto const found = std::ranges::find(operators, kind, [](auto const* support) { return support->kind; });
    return found == operators.end() ? nullptr : *found;
}

}  // namespace inlay::tool
