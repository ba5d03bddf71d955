// SPDX-License-Identifier: MIT
//
// Convolution on Helium: four output pixels at a time, four output channels after the other (quad_blocks.hpp). A pointwise
// convolution reads its pixels where they lie; others copy the windows of four pixels into scratch first, which all output
// channels share. The copy deals with borders, strides and odd widths.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_mve/quad_blocks.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::mve {

/// Where the pixels of a run of rows come from.
struct window_plan {
    conv2d_geometry const& geometry;
    row_view<std::int8_t const> in;
    int input_zero_point;
    int window_bytes;  ///< of whole vectors
    std::int8_t* copies;
};

/// Pixels of a block that lie side by side in a row.
struct pixel_run {
    int n;       ///< image
    int iy, ix;  ///< first tap of the first pixel's window
    int first;   ///< place in the block
    int count;
};

/// Finds pixels where they lie, or copies them where their last vectors would reach behind the row.
inline void find_pixels(window_plan const& plan, pixel_run const& run, quad_job& job) {
    auto const& g = plan.geometry;
    int const channels = g.in.c();
    auto const* const row = plan.in[run.n * g.in.h() + run.iy];
    auto const* from = row + run.ix * channels;
    auto const* const row_end = row + g.in.w() * channels;
    for (int p = run.first; p < run.first + run.count; ++p, from += channels) {
        if (row_end - from >= plan.window_bytes) {
            job.set_pixel(p, from);
        } else {
            copy(plan.copies + p * plan.window_bytes, from, channels);
            job.set_pixel(p, plan.copies + p * plan.window_bytes);
        }
    }
}

/// Copies the windows of pixels.
[[gnu::noinline]] inline void copy_windows(window_plan const& plan, pixel_run const& run) {
    auto const& g = plan.geometry;
    int const channels = g.in.c();
    int const taps = g.filter.w() * channels;
    int const step = g.stride_w * channels;
    int const first = run.ix * channels;
    int const row_bytes = g.in.w() * channels;
    int const rows = g.in.h();
    auto* to = plan.copies + run.first * plan.window_bytes;
    bool const inside = run.ix >= 0 && first + (run.count - 1) * step + taps <= row_bytes;
    int iy = run.iy;
    for (int const end = iy + g.filter.h() * g.dilation_h; iy != end; iy += g.dilation_h, to += taps) {
        auto* each = to;
        if (iy < 0 || iy >= rows) {
            for (int p = 0; p < run.count; ++p, each += plan.window_bytes) fill(each, plan.input_zero_point, taps);
            continue;
        }
        auto const* const row = plan.in[run.n * rows + iy];
        if (inside) {
            copy_runs(each, plan.window_bytes, row + first, step, taps, run.count);
            continue;
        }
        int at = first;
        for (int p = 0; p < run.count; ++p, each += plan.window_bytes, at += step) {
            int const left = std::min(std::max(-at, 0), taps);
            int const right = std::max(std::min(row_bytes - at, taps), left);
            fill(each, plan.input_zero_point, left);
            copy(each + left, row + at + left, right - left);
            fill(each + right, plan.input_zero_point, taps - right);
        }
    }
}

/// The results of fewer than four channels, which a group of four has made side by side.
inline void store_few(std::int8_t const* made, int pixels, int channels, std::int8_t* to) {
    for (int p = 0; p < pixels; ++p) copy(to + p * channels, made + p * 4, channels);
}

/// `Steps`: any number with the same step_plan as the layout's; 1: exactly one.
template <int Steps, bool Pointwise, class Bank>
[[gnu::noinline]] void convolve_pixels(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                       Bank const& bank, std::int8_t* scratch) {
    constexpr step_plan plan{Steps};
    int const steps = bank.layout.steps();
    int const channels = g.out.c();
    int const whole_bytes = channels / 4 * bank.layout.group_bytes();
    window_plan const windows{g, in, bank.input_zero_point, steps * 16, scratch};
    std::int8_t few[4 * block_pixels];
    std::uint16_t offsets[2 * block_pixels];
    int const pixel_bytes = channels < 4 ? 4 : channels;
    quad_job job;
    job.rounds = (steps - plan.first) / 2;
    job.zero_point = bank.zero_point;
    job.kept = {bank.kept.lowest, bank.kept.highest};
    job.offsets = offsets;
    auto const begin_blocks = [&] {
        make_offsets(offsets, pixel_bytes, block_pixels);
        for (int p = 0; p < block_pixels; ++p) job.set_pixel(p, scratch + p * windows.window_bytes);
    };
    begin_blocks();
    // Blocks run on from row to row where rows lie one after the other.
    bool const run_on = out.ring == 0 && out.pitch == g.out.w() * channels;
    // So do the rows of a pointwise convolution on both sides: they are one.
    bool const one_row = Pointwise && run_on && in.ring == 0 && in.pitch == g.in.w() * g.in.c();
    int const stretch = run_on ? made.count * g.out.w() : g.out.w();
    int const columns = one_row ? stretch : g.out.w();
    conv2d_geometry joined = g;
    if (one_row) joined.in[2] = stretch;
    window_plan const joined_windows{joined, in, bank.input_zero_point, steps * 16, scratch};
    int const end = made.first + made.count;
    int row = made.first;
    int x = columns;
    pixel_run run{};
    while (row < end) {
        auto* to = out[row];
        for (int rest = stretch; rest > 0; rest -= block_pixels, to += block_pixels * channels) {
            int const pixels = std::min(rest, block_pixels);
            for (run.first = 0; run.first < pixels; run.first += run.count) {
                if (x == columns) {
                    x = 0;
                    run.n = row / g.out.h();
                    run.iy = row % g.out.h() * g.stride_h - g.pad_top;
                    run.ix = -g.pad_left;
                    row += one_row ? made.count : 1;
                }
                run.count = std::min(pixels - run.first, columns - x);
                if constexpr (Pointwise) {
                    find_pixels(joined_windows, run, job);
                } else {
                    copy_windows(windows, run);
                }
                x += run.count;
                run.ix += run.count * g.stride_w;
            }
            if (pixels < block_pixels) {
                make_offsets(offsets, pixel_bytes, pixels);
                for (int p = pixels; p < block_pixels; ++p) job.set_pixel(p, job.pixel(pixels - 1));
            }
            job.by = bank.channels;
            job.weights_end = bank.filter + whole_bytes;
            job.to = to;
            auto const* weights = bank.filter;
            if (whole_bytes == 0) job.to = few;
            for (bool last = whole_bytes == 0;; last = true) {
                if (last) job.weights_end += bank.layout.group_bytes();
                if constexpr (Steps == 1) {
                    weights = make_groups_of_vectors<Bank::range>(job, weights);
                } else {
                    weights = make_groups<Bank::range, plan.first, plan.loops>(job, weights);
                }
                if (last || channels % 4 == 0) break;
                job.to = to + channels - 4;
            }
            if (whole_bytes == 0) store_few(few, pixels, channels, to);
            if (pixels < block_pixels) begin_blocks();
        }
    }
}

}  // namespace inlay::mve

namespace inlay {

/// 2-D convolution with a filter in groups of four channels: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, class... Scratch>
    requires(mve::makes_quads(Geometry))
inline void convolve(isa::arm_mve, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                     mve::quad_bank<Scheme, Range> const& bank, Scratch... scratch) {
    static_assert((0 + ... + Scratch::tensor::size) >= mve::quad_convolution(Geometry).scratch_words);
    constexpr int steps = mve::layout_of(Geometry).steps();
    constexpr int code = steps <= 4 ? steps : 6 - steps % 2;  // any larger number of steps runs the code of 5 or 6
    std::int8_t* copies = nullptr;
    if constexpr (sizeof...(Scratch) > 0) ((copies = reinterpret_cast<std::int8_t*>(scratch.data())), ...);
    mve::convolve_pixels<code, mve::reads_in_place(Geometry)>(Geometry, made, out, in, bank, copies);
}

}  // namespace inlay
