// SPDX-License-Identifier: MIT
//
// Which convolutions the DSP kernel makes, and what it needs for them.
#pragma once

#include <inlay/kernels/arm_dsp/pair_filter.hpp>
#include <inlay/kernels/conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>

namespace inlay::dsp {

/// Pixels of a block.
inline constexpr int block_pixels = 3;

constexpr bool reads_border(conv2d_geometry const& g) {
    return g.pad_top > 0 || g.pad_left > 0 || (g.out.h() - 1) * g.stride_h + (g.filter.h() - 1) * g.dilation_h - g.pad_top >= g.in.h() ||
           (g.out.w() - 1) * g.stride_w + g.filter.w() - g.pad_left > g.in.w();
}

/// One pixel of the image makes one of the result.
constexpr bool is_pointwise(conv2d_geometry const& g) {
    return g.filter.h() == 1 && g.filter.w() == 1 && g.stride_h == 1 && g.stride_w == 1 && !reads_border(g);
}

constexpr pair_layout layout_of(conv2d_geometry const& g) { return {g.filter.h(), g.filter.w() * g.filter.c()}; }

/// Whether the kernel makes convolutions of this geometry. The weights must fit as well: pair_filter_fits.
constexpr bool makes_pairs(conv2d_geometry const& g) { return g.groups() == 1 && (g.dilation_w == 1 || g.filter.w() == 1); }

constexpr int block_words(pair_layout const& layout) { return layout.steps() * 2 * block_pixels; }

constexpr kernel_choice pair_convolution(conv2d_geometry const& g) {
    auto const layout = layout_of(g);
    int const edge = layout.taps + (block_pixels - 1) * g.stride_w * g.in.c();
    return {.name = "dsp pairs", .scratch_words = block_words(layout) + (is_pointwise(g) ? 0 : (edge + 3) / 4), .tile = block_pixels};
}

}  // namespace inlay::dsp
