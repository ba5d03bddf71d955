// SPDX-License-Identifier: MIT
//
// Convolution on the DSP extension. The window's inputs of three output pixels are widened into scratch, side by side
// (pair_blocks.hpp); then all channels are made from there. Widening costs 1.3 instructions per tap and pixel, shared by all
// output channels; it deals with borders, strides and odd widths, so that the rest is one loop for every geometry.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>
#include <inlay/kernels/arm_dsp/pair_blocks.hpp>
#include <inlay/kernels/arm_dsp/widen.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::dsp {

/// Widens the window of an output pixel whose first tap is input row iy, column ix.
template <class Bank>
[[gnu::noinline]] void widen_window(conv2d_geometry const& g, Bank const& bank, row_view<std::int8_t const> in, int n, int iy, int ix,
                                    std::uint32_t* to, std::int8_t* edge) {
    int const channels = g.in.c();
    int const columns = g.filter.w();
    int const left = ix < 0 ? std::min(-ix, columns) : 0;
    int const right = std::min(columns, g.in.w() - ix);
    for (int fy = 0; fy < g.filter.h(); ++fy) {
        int const y = iy + fy * g.dilation_h;
        if (y < 0 || y >= g.in.h() || left >= right) {
            auto const zeros = static_cast<std::uint32_t>(bank.input_zero_point & 0xffff) * 0x10001U;
            for (int word = bank.layout.row_words(); word > 0; --word, to += block_pixels) *to = zeros;
            continue;
        }
        auto const* from = in[n * g.in.h() + y] + ix * channels;
        if (left > 0 || right < columns) {
            int tap = 0;
            for (; tap < left * channels; ++tap) edge[tap] = static_cast<std::int8_t>(bank.input_zero_point);
            for (; tap < right * channels; ++tap) edge[tap] = from[tap];
            for (; tap < columns * channels; ++tap) edge[tap] = static_cast<std::int8_t>(bank.input_zero_point);
            from = edge;
        }
        to = widen<block_pixels>(from, bank.layout.taps, to);
    }
}

template <class Finishing, int Unrolled, int First, bool Pointwise, class Bank>
[[gnu::noinline]] void convolve_pixels(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                       Bank const& bank, std::uint32_t* scratch) {
    block_plan const plan{bank.filter, bank.pairs, g.out.c(), bank.kept.lowest, bank.kept.highest};
    auto const* const inputs_end = scratch + block_words(bank.layout);
    auto* const edge = reinterpret_cast<std::int8_t*>(scratch + block_words(bank.layout));
    // Rows that lie one after the other on both sides are one long row to a pointwise convolution.
    bool const one_row = Pointwise && out.ring == 0 && in.ring == 0 && out.pitch == g.out.w() * g.out.c() && in.pitch == g.in.w() * g.in.c();
    int const width = one_row ? made.count * g.out.w() : g.out.w();
    int const row_end = one_row ? made.first + 1 : made.first + made.count;
    for (int row = made.first; row < row_end; ++row) {
        auto* to = out[row];
        for (int x = 0; x < width; x += block_pixels, to += block_pixels * plan.channels) {
            int const pixels = std::min(width - x, block_pixels);
            for (int p = 0; p < pixels; ++p) {
                if constexpr (Pointwise) {
                    widen<block_pixels>(in[row] + (x + p) * g.in.c(), g.in.c(), scratch + p);
                } else {
                    widen_window(g, bank, in, row / g.out.h(), row % g.out.h() * g.stride_h - g.pad_top, (x + p) * g.stride_w - g.pad_left,
                                 scratch + p, edge);
                }
            }
            make_block<Finishing, Unrolled, First>(plan, scratch, inputs_end, to, pixels);
        }
    }
}

/// Chooses the code for what is known at compile time of the geometry, and for what the results' range needs.
template <policy Policy, int Steps, bool Pointwise, class Bank>
inline void convolve_pairs(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, Bank const& bank,
                           std::uint32_t* scratch) {
    constexpr int unrolled = steps_unrolled(Policy) < Steps - 1 ? steps_unrolled(Policy) : Steps - 1;
    constexpr int first = (Steps - 1) % unrolled;
    if (bank.kept.is_full()) {
        if (bank.kept.away_from_zero) {
            convolve_pixels<finishing<true, true>, unrolled, first, Pointwise>(g, made, out, in, bank, scratch);
        } else {
            convolve_pixels<finishing<false, true>, unrolled, first, Pointwise>(g, made, out, in, bank, scratch);
        }
    } else {
        convolve_pixels<finishing<true, false>, unrolled, first, Pointwise>(g, made, out, in, bank, scratch);
    }
}

}  // namespace inlay::dsp

namespace inlay {

/// 2-D convolution with a filter in pairs: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, class Scratch>
    requires(dsp::makes_pairs(Geometry))
inline void convolve(isa::arm_dsp, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                     dsp::pair_bank<Scheme> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::pair_convolution(Geometry).scratch_words);
    dsp::convolve_pairs<Policy, dsp::layout_of(Geometry).steps(), dsp::is_pointwise(Geometry)>(Geometry, made, out, in, bank, scratch.data());
}

}  // namespace inlay
