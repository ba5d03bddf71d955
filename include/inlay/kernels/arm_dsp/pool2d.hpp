// SPDX-License-Identifier: MIT
//
// Average pooling of int8 on the DSP extension: four channels at a time, their sums in two words of two halfwords, which hold
// the sum of 256 taps. Groups do not overlap: each is read before it is stored, so that the result may lie over the input.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/pool2d.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::dsp {

constexpr bool averages(pool2d_geometry const& g) { return g.in.c() % 4 == 0 && g.filter_h * g.filter_w <= 256; }

[[gnu::noinline]] inline void average_rows(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                           int8_output const& kept) {
    int const channels = g.in.c();
    for (int row = made.first; row < made.first + made.count; ++row) {
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        int const top = std::max(iy, 0);
        int const bottom = std::min(iy + g.filter_h, g.in.h());
        auto* result = out[row];
        for (int x = 0; x < g.out.w(); ++x, result += channels) {
            int const ix = x * g.stride_w - g.pad_left;
            int const left = std::max(ix, 0);
            int const columns = std::min(ix + g.filter_w, g.in.w()) - left;
            int const count = (bottom - top) * columns;
            for (int base = 0; base < channels; base += 4) {
                std::uint32_t even = 0;
                std::uint32_t odd = 0;
                for (int y = top; y < bottom; ++y) {
                    auto const* from = in[n * g.in.h() + y] + left * channels + base;
#pragma GCC unroll 4
                    for (int taps = columns; taps > 0; --taps, from += channels) {
                        auto const word = load_word(from);
                        even = sxtab16(even, word);
                        odd = sxtab16_ror8(odd, word);
                    }
                }
                auto const finish = [&](std::int16_t sum) {
                    return static_cast<std::int8_t>(std::clamp(portable::mean_of(std::int32_t{sum}, count), kept.lowest, kept.highest));
                };
                auto const first = finish(static_cast<std::int16_t>(even));
                auto const second = finish(static_cast<std::int16_t>(odd));
                auto const third = finish(static_cast<std::int16_t>(even >> 16));
                auto const fourth = finish(static_cast<std::int16_t>(odd >> 16));
                result[base] = first;
                result[base + 1] = second;
                result[base + 2] = third;
                result[base + 3] = fourth;
            }
        }
    }
}

}  // namespace inlay::dsp

namespace inlay {

/// Average pooling of int8: makes a run of output rows.
template <computed_element T, auto Geometry, policy Policy>
    requires(std::is_same_v<T, std::int8_t> && dsp::averages(Geometry))
inline void pool_average(isa::arm_dsp, constant<Geometry, Policy>, rows made, row_view<T> out, row_view<T const> in, int8_output const& kept) {
    dsp::average_rows(Geometry, made, out, in, kept);
}

}  // namespace inlay
