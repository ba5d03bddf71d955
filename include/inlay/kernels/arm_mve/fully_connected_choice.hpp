// SPDX-License-Identifier: MIT
//
// Which fully connected layers the Helium kernel makes, and what it needs for them.
#pragma once

#include <inlay/kernels/arm_mve/lane_filter.hpp>
#include <inlay/kernels/fully_connected.hpp>
#include <inlay/kernels/kernel_choice.hpp>

namespace inlay::mve {

/// Units of a block: the lanes of a vector of sums.
inline constexpr int block_units = 4;

/// Whether the kernel makes layers of this geometry. The weights must fit as well: lane_filter_fits.
constexpr bool makes_units(fully_connected_geometry const& g) { return g.filter_zero_point == 0; }

/// Inputs that do not fill their last vector are copied to where it can be read, unless it is the only one.
constexpr kernel_choice unit_connection(fully_connected_geometry const& g) {
    return {.name = "mve units", .scratch_words = g.in % 16 == 0 || g.in < 16 ? 0 : lane_layout{g.in, block_units}.steps() * 4};
}

}  // namespace inlay::mve
