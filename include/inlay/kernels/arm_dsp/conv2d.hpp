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
    if (optimise == policy::size) return {};  // one for all
    if (is_pointwise(g)) return {.pointwise = true, .taps = constant};
    if (g.filter.w() == 3 && g.dilation_w == 1 && g.stride_w == 1 && g.in.c() % 4 == 0) return {.overlapping = true};
    return {.taps = constant};
}

/// Widens a row of the windows of up to three pixels, `step` bytes apart.
template <policy Policy, window_kind Kind>
inline void widen_row(std::int8_t const* from, int step, int taps, int pixels, std::uint32_t* to) {
    if constexpr (Kind.overlapping) {
        if (pixels == block_pixels) return widen_columns(from, step, to);
    }
#pragma GCC unroll 1
    for (auto* const end = to + pixels; to != end; ++to, from += step) {
        if constexpr (Kind.taps > 0) {
            widen_constant<block_pixels, Kind.taps>(from, to);
        } else {
            widen<Policy, block_pixels>(from, taps, to);
        }
    }
}

/// What the windows of a run of rows have in common.
struct window_plan {
    window_geometry const& geometry;
    row_view<std::int8_t const> in;
    int row_words;
    int input_zero_point;
    std::uint32_t* to;
    std::int8_t* edge;
};

/// Pixels of a block that lie side by side in a row.
struct pixel_run {
    int image;  ///< its first row
    int iy;     ///< first row of the windows
    int left;   ///< bytes from the row's begin to the first pixel's window
    int first;  ///< place in the block
    int count;
};

/// Widens the windows of pixels.
template <policy Policy, window_kind Kind>
[[gnu::noinline]] void widen_windows(window_plan const& plan, pixel_run const& run) {
    auto const& g = plan.geometry;
    auto* to = plan.to + run.first;
    int const step = g.step;
    int const taps = Kind.taps > 0 ? Kind.taps : g.taps;
    if constexpr (Kind.pointwise) return widen_row<Policy, Kind>(plan.in[run.image + run.iy] + run.left, step, taps, run.count, to);
    int const length = taps + (run.count - 1) * step;
    int const left = std::min(std::max(-run.left, 0), length);
    int const right = std::max(std::min(g.in_bytes - run.left, length), left);
    auto* const edge = plan.edge;
    bool const inside = right - left == length;
    if (!inside) {  // of a row's ends, only what lies in the image changes from row to row
        fill_bytes(edge, plan.input_zero_point, left);
        fill_bytes(edge + right, plan.input_zero_point, length - right);
    }
    int const words = plan.row_words * block_pixels;
    int const dilation = g.dilation;
    int const rows = g.in_rows;
    int iy = run.iy;
    for (int const end = iy + g.filter_rows * dilation; iy != end; iy += dilation, to += words) {
        if (iy < 0 || iy >= rows) {
            auto const zeros = static_cast<std::uint32_t>(plan.input_zero_point & 0xffff) * 0x10001U;
            for (int p = 0; p < run.count; ++p) fill_words<block_pixels>(to + p, zeros, words);
            continue;
        }
        auto const* from = plan.in[run.image + iy] + run.left;
        if (!inside) {
            copy_bytes(edge + left, from + left, right - left);
            from = edge;
        }
        widen_row<Policy, Kind>(from, step, taps, run.count, to);
    }
}

/// The parts of the kernel that differ from layer to layer.
struct pair_code {
    void (*widen)(window_plan const&, pixel_run const&);
    void (*make)(pair_job const&, std::int8_t const*);
};

/// Makes rows. Blocks run on from row to row where rows lie one after the other.
template <policy Policy>
[[gnu::noinline]] void convolve_rows(pair_code code, window_geometry const& g, packed_table const& table, rows made, row_view<std::int8_t> out,
                                     row_view<std::int8_t const> in, std::uint32_t* scratch) {
    auto const layout = g.layout();
    auto job = make_pair_job<steps_unrolled(Policy)>(table, layout, scratch);
    window_plan const windows{g, in, layout.row_words(), table.input_zero_point, scratch, reinterpret_cast<std::int8_t*>(scratch + block_words(layout))};
    int const columns = g.out_columns;
    int const channels = g.out_channels;
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
                    run.image = row / g.out_rows * g.in_rows;
                    run.iy = row % g.out_rows * g.stride - g.top;
                    run.left = -g.left;
                    ++row;
                }
                run.count = std::min(pixels - run.first, columns - x);
                code.widen(windows, run);
                x += run.count;
                run.left += run.count * g.step;
            }
            if (pixels < block_pixels) {
                int const second = pixels > 1 ? channels : 0;
                job.pixel = {second, second};
            }
            job.to.odd = job.to.even + 1;
            code.make(job, table.bytes);
            job.to.even += block_pixels * channels;
        }
    }
}

template <policy Policy, window_kind Kind, range_kind Range>
inline constexpr pair_code pair_code_for{&widen_windows<Policy, Kind>, &make_block<Range, steps_unrolled(Policy)>};

/// Makes all rows of a result.
template <policy Policy, window_kind Kind, range_kind Range>
[[gnu::noinline]] void convolve_all(window_geometry const& g, packed_table const& table, std::int8_t* out, std::int8_t const* in, std::uint32_t* scratch) {
    convolve_rows<Policy>(pair_code_for<Policy, Kind, Range>, g, table, {0, g.all_rows}, {out, g.out_columns * g.out_channels}, {in, g.in_bytes}, scratch);
}

template <conv2d_geometry Geometry>
inline constexpr window_geometry window_geometry_of{Geometry};

}  // namespace inlay::dsp

namespace inlay {

/// 2-D convolution with a filter in pairs: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, class Layout, class Scratch>
    requires(dsp::makes_pairs(Geometry))
inline void convolve(isa::arm_dsp, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                     dsp::pair_bank<Scheme, Range, Layout> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::pair_convolution(Geometry).scratch_words);
    dsp::convolve_rows<Policy>(dsp::pair_code_for<Policy, dsp::window_kind_of(Geometry, Policy), Range>, dsp::window_geometry_of<Geometry>, bank, made, out, in,
                               scratch.data());
}

/// The same for all rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, class Layout, class Scratch>
    requires(dsp::makes_pairs(Geometry))
inline void convolve(isa::arm_dsp, constant<Geometry, Policy>, all_rows, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                     dsp::pair_bank<Scheme, Range, Layout> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::pair_convolution(Geometry).scratch_words);
    dsp::convolve_all<Policy, dsp::window_kind_of(Geometry, Policy), Range>(dsp::window_geometry_of<Geometry>, bank, out.data, in.data, scratch.data());
}

}  // namespace inlay
