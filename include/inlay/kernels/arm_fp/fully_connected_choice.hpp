// SPDX-License-Identifier: MIT
//
// Which float fully connected layers the kernels make: all.
#pragma once

#include <inlay/kernels/arm_fp/float_filter.hpp>
#include <inlay/kernels/fully_connected.hpp>
#include <inlay/kernels/kernel_choice.hpp>

namespace inlay::fp {

constexpr block_layout layout_of(fully_connected_geometry const& g) { return {g.in, g.out}; }
constexpr kernel_choice unit_connection() { return {.name = "float units"}; }

}  // namespace inlay::fp
