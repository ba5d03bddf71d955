// SPDX-License-Identifier: MIT
//
// Convolution on Helium: four output pixels at a time, two output channels after the other (lane_blocks.hpp). A pointwise
// convolution reads its pixels where they lie; others copy the windows of four pixels into scratch first, 0.2 instructions per
// tap and pixel, which all output channels share. The copy deals with borders, strides and odd widths.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_mve/conv2d_choice.hpp>
#include <inlay/kernels/arm_mve/copy.hpp>
#include <inlay/kernels/arm_mve/lane_blocks.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::mve {

/// Copies the window of an output pixel whose first tap is input row iy, column ix.
inline void copy_window(conv2d_geometry const& g, int input_zero_point, row_view<std::int8_t const> in, int n, int iy, int ix, std::int8_t* to) {
    int const channels = g.in.c();
    int const taps = g.filter.w() * channels;
    int const left = std::min(ix < 0 ? -ix : 0, g.filter.w()) * channels;
    int const right = std::max(std::min(g.filter.w(), g.in.w() - ix) * channels, left);
    for (int fy = 0; fy < g.filter.h(); ++fy, to += taps) {
        int const y = iy + fy * g.dilation_h;
        if (y < 0 || y >= g.in.h()) {
            fill(to, input_zero_point, taps);
        } else {
            auto const* const from = in[n * g.in.h() + y] + ix * channels;
            if (left > 0) fill(to, input_zero_point, left);
            copy(to + left, from + left, right - left);
            if (right < taps) fill(to + right, input_zero_point, taps - right);
        }
    }
}

/// `Steps`: any number with the same step_plan as the bank's. `Rest`: pixels of the last block of most rows.
template <int Steps, int Rest, bool AwayFromZero, bool InPlace, class Bank>
[[gnu::noinline]] void convolve_pixels(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                       Bank const& bank, std::int8_t* scratch) {
    constexpr step_plan plan{Steps};
    int const steps = bank.layout().steps();
    int const rounds = (steps - plan.first) / 2;
    int const channels = g.out.c();
    // Rows that lie one after the other on both sides are one long row to a pointwise convolution.
    bool const one_row = InPlace && out.ring == 0 && in.ring == 0 && out.pitch == g.out.w() * channels && in.pitch == g.in.w() * g.in.c();
    int const width = one_row ? made.count * g.out.w() : g.out.w();
    int const row_end = one_row ? made.first + 1 : made.first + made.count;
    lane_inputs inputs{{}, bank.filter, rounds};
    auto& pixels = inputs.pixels;
    for (int row = made.first; row < row_end; ++row) {
        auto* to = out[row];
        for (int x = 0; x < width; x += block_pixels, to += block_pixels * channels) {
            int const count = std::min(width - x, block_pixels);
            if constexpr (InPlace) {
                for (int p = 0; p < 4; ++p) pixels[p] = in[row] + (x + std::min(p, count - 1)) * g.in.c();
                if (x + count == width && g.in.c() % 16 != 0) {
                    // The last vectors would reach behind the image.
                    for (int p = 0; p < count; ++p) copy(scratch + p * steps * 16, pixels[p], g.in.c());
                    for (int p = 0; p < 4; ++p) pixels[p] = scratch + std::min(p, count - 1) * steps * 16;
                }
            } else {
                for (int p = 0; p < 4; ++p) pixels[p] = scratch + std::min(p, count - 1) * steps * 16;
                for (int p = 0; p < count; ++p) {
                    copy_window(g, bank.input_zero_point, in, row / g.out.h(), row % g.out.h() * g.stride_h - g.pad_top, (x + p) * g.stride_w - g.pad_left,
                                scratch + p * steps * 16);
                }
            }
            if (Rest < 4 && count <= Rest) {
                make_pixels<Rest, plan.first, plan.loops, AwayFromZero>(bank, channels, inputs, to, count);
            } else {
                make_pixels<4, plan.first, plan.loops, AwayFromZero>(bank, channels, inputs, to, count);
            }
        }
    }
}

/// Pixels of the last block: of the whole image where its rows make one, else of a row.
constexpr int rest_of(conv2d_geometry const& g) { return ((reads_in_place(g) ? g.out.h() * g.out.n() : 1) * g.out.w() + 3) % 4 + 1; }

}  // namespace inlay::mve

namespace inlay {

/// 2-D convolution with a filter in vectors: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, class... Scratch>
    requires(mve::makes_lanes(Geometry))
inline void convolve(isa::arm_mve, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                     mve::lane_bank<Scheme, mve::block_channels> const& bank, Scratch... scratch) {
    static_assert((0 + ... + Scratch::tensor::size) >= mve::lane_convolution(Geometry).scratch_words);
    constexpr int steps = mve::layout_of(Geometry).steps();
    constexpr int code = steps <= 4 ? steps : 6 - steps % 2;  // any larger number of steps runs the code of 5 or 6
    constexpr int rest = Policy == policy::size ? 4 : mve::rest_of(Geometry);
    constexpr bool in_place = mve::reads_in_place(Geometry);
    std::int8_t* copies = nullptr;
    if constexpr (sizeof...(Scratch) > 0) ((copies = reinterpret_cast<std::int8_t*>(scratch.data())), ...);
    if (bank.kept.away_from_zero) {
        mve::convolve_pixels<code, rest, true, in_place>(Geometry, made, out, in, bank, copies);
    } else {
        mve::convolve_pixels<code, rest, false, in_place>(Geometry, made, out, in, bank, copies);
    }
}

}  // namespace inlay
