// SPDX-License-Identifier: MIT
//
// What operators that only move elements have in common.
#pragma once

#include "operators/checks.hpp"
#include "operators/elements.hpp"

#include <inlay/kernels/copy_choice.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace inlay::tool {

/// Input k is float32 or int8 and has elements, and the output takes them as they are: its type and quantisation are the same.
bool moves_elements(operation_checker const& ask, std::size_t k, std::string_view role);

/// The kernel that moves runs of so many elements.
inline kernel_choice copy_kernel(graph const& model, int length) {
    return kernel_without_weights(model, moved_runs{length}, std::type_identity<moved_runs>{});
}

}  // namespace inlay::tool
