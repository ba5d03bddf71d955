// SPDX-License-Identifier: MIT
//
// Convolution on the DSP extension. The windows' inputs of three output pixels are widened into scratch, side by side
// (pair_blocks.hpp); then all channels are made from there. Widening costs 1.3 instructions per tap and pixel, shared by all
// output channels, and less where windows overlap; it deals with borders, strides and odd widths, so that the rest is one loop
// for every geometry.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>
#include <inlay/kernels/arm_dsp/pair_blocks.hpp>
#include <inlay/kernels/arm_dsp/widen.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::dsp {

/// How the windows of a convolution are widened.
struct window_kind {
    bool pointwise = false;    ///< a window is a pixel
    bool overlapping = false;  ///< three columns wide, a column apart, of whole words: see widen_columns
    int taps = 0;              ///< of a row; 0: the bank says it

    static constexpr int most_constant_taps = 12;
};

constexpr window_kind window_kind_of(conv2d_geometry const& g, policy optimise) {
    int const taps = layout_of(g).taps;
    if (is_pointwise(g)) return {.pointwise = true};
    if (optimise != policy::size && g.filter.w() == 3 && g.dilation_w == 1 && g.stride_w == 1 && g.in.c() % 4 == 0) return {.overlapping = true};
    return {.taps = optimise == policy::speed && taps <= window_kind::most_constant_taps ? taps : 0};
}

/// Widens a row of the windows of up to three pixels, `step` bytes apart.
template <window_kind Kind>
inline void widen_row(std::int8_t const* from, int step, int taps, int channels, int pixels, std::uint32_t* to) {
    if constexpr (Kind.overlapping) {
        if (pixels == block_pixels) return widen_columns(from, channels, to);
    }
#pragma GCC unroll 1
    for (auto* const end = to + pixels; to != end; ++to, from += step) {
        if constexpr (Kind.taps > 0) {
            widen_constant<block_pixels, Kind.taps>(from, to);
        } else {
            widen<block_pixels>(from, taps, to);
        }
    }
}

/// What the windows of a run of rows have in common.
struct window_plan {
    conv2d_geometry const& geometry;
    row_view<std::int8_t const> in;
    int taps;       ///< of a row
    int row_words;
    int input_zero_point;
    std::uint32_t* to;
    std::int8_t* edge;
};

/// Pixels of a block that lie side by side in a row.
struct pixel_run {
    int n;       ///< image
    int iy, ix;  ///< first tap of the first pixel's window
    int first;   ///< place in the block
    int count;
};

/// Widens the windows of pixels.
template <window_kind Kind>
[[gnu::noinline]] void widen_windows(window_plan const& plan, pixel_run const& run) {
    auto const& g = plan.geometry;
    int const channels = g.in.c();
    int const first = run.ix * channels;
    auto* to = plan.to + run.first;
    if constexpr (Kind.pointwise) {
        auto const* from = plan.in[run.n * g.in.h() + run.iy] + first;
        for (auto* const end = to + run.count; to != end; ++to, from += channels) widen<block_pixels>(from, channels, to);
        return;
    }
    int const taps = Kind.taps > 0 ? Kind.taps : plan.taps;
    int const step = g.stride_w * channels;
    int const length = taps + (run.count - 1) * step;
    int const left = std::min(std::max(-first, 0), length);
    int const right = std::max(std::min(g.in.w() * channels - first, length), left);
    auto* const edge = plan.edge;
    bool const inside = right - left == length;
    if (!inside) {  // of a row's ends, only what lies in the image changes from row to row
        fill_bytes(edge, plan.input_zero_point, left);
        fill_bytes(edge + right, plan.input_zero_point, length - right);
    }
    int const words = plan.row_words * block_pixels;
    int const dilation = g.dilation_h;
    int const rows = g.in.h();
    int iy = run.iy;
    for (int const end = iy + g.filter.h() * dilation; iy != end; iy += dilation, to += words) {
        if (iy < 0 || iy >= rows) {
            auto const zeros = static_cast<std::uint32_t>(plan.input_zero_point & 0xffff) * 0x10001U;
            for (int p = 0; p < run.count; ++p) fill_words<block_pixels>(to + p, zeros, words);
            continue;
        }
        auto const* from = plan.in[run.n * rows + iy] + first;
        if (!inside) {
            copy_bytes(edge + left, from + left, right - left);
            from = edge;
        }
        widen_row<Kind>(from, step, taps, channels, run.count, to);
    }
}

/// Makes rows from windows that `widen` puts into scratch. Blocks run on from row to row where rows lie one after the other.
template <range_kind Range, int Unrolled>
[[gnu::noinline]] void convolve_rows(block_plan const& plan, window_plan const& windows, void (*widen)(window_plan const&, pixel_run const&), rows made,
                                     row_view<std::int8_t> out) {
    auto const& g = windows.geometry;
    int const columns = g.out.w();
    bool const run_on = out.ring == 0 && out.pitch == columns * plan.channels;
    int const stretch = run_on ? made.count * columns : columns;
    int const end = made.first + made.count;
    for (int row = made.first; row < end;) {
        auto* to = out[row];
        int x = 0;
        for (int rest = stretch; rest > 0; rest -= block_pixels, to += block_pixels * plan.channels) {
            int const pixels = std::min(rest, block_pixels);
            for (int first = 0; first < pixels;) {
                int const count = std::min(pixels - first, columns - x);
                widen(windows, {row / g.out.h(), row % g.out.h() * g.stride_h - g.pad_top, x * g.stride_w - g.pad_left, first, count});
                first += count;
                x += count;
                if (x == columns) {
                    x = 0;
                    ++row;
                }
            }
            make_block<Range, Unrolled>(plan, windows.to, to, pixels);
        }
    }
}

template <policy Policy, window_kind Kind, class Bank>
inline void convolve_pairs(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, Bank const& bank,
                           std::uint32_t* scratch) {
    auto const& layout = bank.layout;
    block_plan const plan{bank.filter, bank.pairs, g.out.c(), layout.steps(), bank.kept.lowest, bank.kept.highest};
    window_plan const windows{g, in, layout.taps, layout.row_words(), bank.input_zero_point, scratch,
                              reinterpret_cast<std::int8_t*>(scratch + block_words(layout))};
    convolve_rows<Bank::range, steps_unrolled(Policy)>(plan, windows, &widen_windows<Kind>, made, out);
}

}  // namespace inlay::dsp

namespace inlay {

/// 2-D convolution with a filter in pairs: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, class Scratch>
    requires(dsp::makes_pairs(Geometry))
inline void convolve(isa::arm_dsp, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                     dsp::pair_bank<Scheme, Range> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::pair_convolution(Geometry).scratch_words);
    dsp::convolve_pairs<Policy, dsp::window_kind_of(Geometry, Policy)>(Geometry, made, out, in, bank, scratch.data());
}

}  // namespace inlay
