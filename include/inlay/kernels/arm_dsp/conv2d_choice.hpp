// SPDX-License-Identifier: MIT
//
// Which convolutions the DSP kernel makes, and what it needs for them.
#pragma once

#include <inlay/kernels/arm_dsp/pair_filter.hpp>
#include <inlay/kernels/conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>

#include <cstdint>

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

constexpr pair_layout layout_of(conv2d_geometry const& g) { return {g.filter.h(), g.filter.w() * g.filter.c(), g.out.c()}; }

/// What the kernel reads of a geometry, in few bytes: there is one for each shape of layer.
struct window_geometry {
    std::uint16_t in_rows;      ///< of an image
    std::uint16_t in_bytes;     ///< of a row
    std::uint16_t taps;         ///< of a row of the filter
    std::uint16_t step;         ///< bytes from a window to the next
    std::uint16_t left;         ///< bytes of padding
    std::uint16_t out_rows;     ///< of an image
    std::uint16_t out_columns;
    std::uint16_t out_channels;
    std::uint16_t all_rows;     ///< of all images' results
    std::uint8_t filter_rows;
    std::uint8_t dilation;
    std::uint8_t stride;
    std::uint8_t top;           ///< rows of padding

    constexpr explicit window_geometry(conv2d_geometry const& g)
        : in_rows{static_cast<std::uint16_t>(g.in.h())},
          in_bytes{static_cast<std::uint16_t>(g.in.w() * g.in.c())},
          taps{static_cast<std::uint16_t>(layout_of(g).taps)},
          step{static_cast<std::uint16_t>(g.stride_w * g.in.c())},
          left{static_cast<std::uint16_t>(g.pad_left * g.in.c())},
          out_rows{static_cast<std::uint16_t>(g.out.h())},
          out_columns{static_cast<std::uint16_t>(g.out.w())},
          out_channels{static_cast<std::uint16_t>(g.out.c())},
          all_rows{static_cast<std::uint16_t>(g.all_rows().count)},
          filter_rows{static_cast<std::uint8_t>(g.filter.h())},
          dilation{static_cast<std::uint8_t>(g.dilation_h)},
          stride{static_cast<std::uint8_t>(g.stride_h)},
          top{static_cast<std::uint8_t>(g.pad_top)} {}

    constexpr pair_layout layout() const { return {filter_rows, taps, out_channels}; }

    /// Whether a geometry's numbers are small enough.
    static constexpr bool holds(conv2d_geometry const& g) {
        window_geometry const held{g};
        return held.in_rows == g.in.h() && held.in_bytes == g.in.w() * g.in.c() && held.taps == layout_of(g).taps && held.step == g.stride_w * g.in.c() &&
               held.left == g.pad_left * g.in.c() && held.out_rows == g.out.h() && held.out_columns == g.out.w() && held.out_channels == g.out.c() &&
               held.all_rows == g.all_rows().count && held.filter_rows == g.filter.h() && held.dilation == g.dilation_h && held.stride == g.stride_h &&
               held.top == g.pad_top;
    }
};

/// Whether the kernel makes convolutions of this geometry. The weights must fit as well: pair_filter_fits.
constexpr bool makes_pairs(conv2d_geometry const& g) {
    return g.groups() == 1 && (g.dilation_w == 1 || g.filter.w() == 1) && window_geometry::holds(g);
}

constexpr int block_words(pair_layout const& layout) { return layout.steps() * 2 * block_pixels; }

constexpr kernel_choice pair_convolution(conv2d_geometry const& g) {
    auto const layout = layout_of(g);
    int const edge = layout.taps + (block_pixels - 1) * g.stride_w * g.in.c();
    return {.name = "dsp pairs", .scratch_words = block_words(layout) + (is_pointwise(g) ? 0 : (edge + 3) / 4), .tile = block_pixels};
}

}  // namespace inlay::dsp
