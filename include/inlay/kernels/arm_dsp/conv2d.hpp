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
    int const constant = optimise == policy::speed && taps <= window_kind::most_constant_taps ? taps : 0;
    if (is_pointwise(g)) return {.pointwise = true, .taps = constant};
    if (optimise != policy::size && g.filter.w() == 3 && g.dilation_w == 1 && g.stride_w == 1 && g.in.c() % 4 == 0) return {.overlapping = true};
    return {.taps = constant};
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
        return widen_row<Kind>(from, channels, channels, channels, run.count, to);
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
[[gnu::noinline]] void convolve_rows(pair_job& job, std::int8_t const* weights, window_plan const& windows,
                                     void (*widen)(window_plan const&, pixel_run const&), rows made, row_view<std::int8_t> out) {
    auto const& g = windows.geometry;
    int const columns = g.out.w();
    int const channels = g.out.c();
    bool const run_on = out.ring == 0 && out.pitch == columns * channels;
    int const stretch = run_on ? made.count * columns : columns;
    int const end = made.first + made.count;
    int row = made.first;
    int x = columns;
    pixel_run run{};
    while (row < end) {
        job.to.even = out[row];
        job.pixel = {channels, 2 * channels};
        for (int rest = stretch; rest > 0; rest -= block_pixels) {
            int const pixels = std::min(rest, block_pixels);
            for (run.first = 0; run.first < pixels; run.first += run.count) {
                if (x == columns) {
                    x = 0;
                    run.n = row / g.out.h();
                    run.iy = row % g.out.h() * g.stride_h - g.pad_top;
                    run.ix = -g.pad_left;
                    ++row;
                }
                run.count = std::min(pixels - run.first, columns - x);
                widen(windows, run);
                x += run.count;
                run.ix += run.count * g.stride_w;
            }
            if (pixels < block_pixels) {
                int const second = pixels > 1 ? channels : 0;
                job.pixel = {second, second};
            }
            job.to.odd = job.to.even + 1;
            make_block<Range, Unrolled>(job, weights);
            job.to.even += block_pixels * channels;
        }
    }
}

template <policy Policy, window_kind Kind, class Bank>
inline void convolve_pairs(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, Bank const& bank,
                           std::uint32_t* scratch) {
    auto const& layout = bank.layout;
    auto job = make_pair_job<steps_unrolled(Policy)>(bank, g.out.c(), scratch);
    window_plan const windows{g, in, layout.taps, layout.row_words(), bank.input_zero_point, scratch,
                              reinterpret_cast<std::int8_t*>(scratch + block_words(layout))};
    convolve_rows<Bank::range, steps_unrolled(Policy)>(job, bank.filter, windows, &widen_windows<Kind>, made, out);
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
