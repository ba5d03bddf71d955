// SPDX-License-Identifier: MIT
//
// What operators that only move elements have in common.
#pragma once

#include "operators/checks.hpp"

#include <cstddef>
#include <string_view>

namespace inlay::tool {

/// Input k is float32 or int8 and has elements, and the output takes them as they are: its type and quantisation are the same.
bool moves_elements(operation_checker const& ask, std::size_t k, std::string_view role);

}  // namespace inlay::tool
