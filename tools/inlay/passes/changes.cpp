// SPDX-License-Identifier: MIT
#include "passes/changes.hpp"

#include <fmt/format.h>

namespace inlay::tool {

std::string list_of(std::vector<int> const& numbers) {
    std::string text;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t end = i + 1;
        while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
        text += text.empty() ? "" : ", ";
        text += end - i == 1 ? fmt::format("{}", numbers[i]) : fmt::format("{}-{}", numbers[i], numbers[end - 1]);
        i = end;
    }
    return text;
}

}  // namespace inlay::tool
