// SPDX-License-Identifier: MIT
//
// Which convolutions the kernels for two pixels in a word make, and what they need for them.
#pragma once

#include <inlay/kernels/conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>
#include <inlay/kernels/twin/twin_filter.hpp>

namespace inlay::twin {

constexpr bool reads_border(conv2d_geometry const& g) {
    return g.pad_top > 0 || g.pad_left > 0 || (g.out.h() - 1) * g.stride_h + (g.filter.h() - 1) * g.dilation_h - g.pad_top >= g.in.h() ||
           (g.out.w() - 1) * g.stride_w + g.filter.w() - g.pad_left > g.in.w();
}

/// One pixel of the image makes one of the result.
constexpr bool is_pointwise(conv2d_geometry const& g) {
    return g.filter.h() == 1 && g.filter.w() == 1 && g.stride_h == 1 && g.stride_w == 1 && !reads_border(g);
}

constexpr int taps_of(conv2d_geometry const& g) { return g.filter.h() * g.filter.w() * g.filter.c(); }

/// Whether the kernels make convolutions of this geometry. The weights must fit as well: filter_fits.
constexpr bool makes_blocks(conv2d_geometry const& g) {
    return g.groups() == 1 && (g.dilation_w == 1 || g.filter.w() == 1) && taps_of(g) <= 16384;
}

/// Words of the taps of a block, with the starts of the chunks where the instruction set needs them.
template <class Isa>
constexpr int block_words(tap_layout const& layout) {
    return layout.word_of(layout.padded(), channel<Isa>::chunk_starts) - 2 * channel<Isa>::chunk_starts;
}

/// Rows of a window that reach over the border are copied first, for two pixels at a time.
template <class Isa>
constexpr kernel_choice block_convolution(conv2d_geometry const& g, tap_layout const& layout) {
    return {.name = channel<Isa>::kernel_name, .scratch_words = block_words<Isa>(layout) + (reads_border(g) ? (2 * g.filter.w() * g.filter.c() + 3) / 4 : 0),
            .tile = block_pixels};
}

}  // namespace inlay::twin
