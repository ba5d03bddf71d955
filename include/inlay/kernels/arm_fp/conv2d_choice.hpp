// SPDX-License-Identifier: MIT
//
// Which float convolutions the kernels make, and what they need for them.
#pragma once

#include <inlay/kernels/arm_fp/float_filter.hpp>
#include <inlay/kernels/conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>

#include <algorithm>

namespace inlay::fp {

/// Pixels of a block.
inline constexpr int block_pixels = 4;

constexpr int taps_of(conv2d_geometry const& g) { return g.filter.h() * g.filter.w() * g.filter.c(); }
constexpr block_layout layout_of(conv2d_geometry const& g) { return {taps_of(g), g.out.c()}; }

/// Whether the kernel makes convolutions of this geometry: the taps of a filter row lie side by side in the image.
constexpr bool makes_blocks(conv2d_geometry const& g) { return g.groups() == 1 && (g.dilation_w == 1 || g.filter.w() == 1); }

/// Scratch: the taps of the pixels of a block.
constexpr kernel_choice block_convolution(conv2d_geometry const& g) {
    int const pixels = std::min(block_pixels, g.out.size() / g.out.c());
    return {.name = "float blocks", .scratch_words = pixels * taps_of(g), .tile = block_pixels};
}

}  // namespace inlay::fp
