// SPDX-License-Identifier: MIT
#include "operators/supports.hpp"

#include <algorithm>

namespace inlay::tool {

std::vector<operator_support const*> all_operators() {
    return {
        &add_support,
        &average_pool2d_support,
        &concatenation_support,
        &conv2d_support,
        &depthwise_conv2d_support,
        &dequantize_support,
        &expand_dims_support,
        &fully_connected_support,
        &hard_swish_support,
        &leaky_relu_support,
        &logistic_support,
        &max_pool2d_support,
        &mean_support,
        &mul_support,
        &pad_support,
        &padv2_support,
        &quantize_support,
        &relu6_support,
        &relu_n1_to_1_support,
        &relu_support,
        &reshape_support,
        &softmax_support,
        &squeeze_support,
        &sub_support,
        &sum_support,
        &tanh_support,
        &transpose_support,
    };
}

operator_support const* find_operator(std::string_view kind) {
    if (kind == streamed_support.kind) return &streamed_support;
    static auto const operators = all_operators();
    auto const found = std::ranges::find(operators, kind, [](auto const* support) { return support->kind; });
    return found == operators.end() ? nullptr : *found;
}

kernel_choice kernel_for(graph const& model, operation const& op) {
    auto const kernel = find_operator(op.kind)->kernel;
    return kernel == nullptr ? kernel_choice{} : kernel(model, op);
}

overlap_rule overlap_for(graph const& model, operation const& op, traversal order, std::size_t k) {
    auto const rule = find_operator(op.kind)->overlap;
    if (rule != nullptr) return rule(model, op, order, k);
    if (order != traversal::forward) return nowhere;
    return disjoint(static_cast<int>(model.in(op, k).bytes()), static_cast<int>(model.out(op).bytes()));
}

int scratch_for(graph const& model, operation const& op, traversal order) {
    if (int const words = kernel_for(model, op).scratch_words; words > 0) return words * static_cast<int>(sizeof(std::uint32_t));
    auto const scratch = find_operator(op.kind)->scratch;
    return scratch == nullptr ? 0 : scratch(model, op, order);
}

}  // namespace inlay::tool
