// SPDX-License-Identifier: MIT
//
// Attributes that a model keeps in constant operands: axes, paddings, permutations, shapes.
#pragma once

#include "operators/checks.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// The numbers of operand k, which is a constant int32 or int64 tensor of `count` elements; nothing, and a problem, if not.
std::optional<std::vector<std::int64_t>> integers(operation_checker const& ask, std::size_t k, int count, std::string_view role);

}  // namespace inlay::tool
