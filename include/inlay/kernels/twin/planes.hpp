// SPDX-License-Identifier: MIT
//
// Depthwise convolution, two rows of a channel at a time (depthwise_choice.hpp). The columns of the channel are brought into
// scratch; a window is nine words from there on, and those of the next result begin one or two columns later. A missing row at
// the end is made under the one before it, and stored first.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/twin/blocks.hpp>
#include <inlay/kernels/twin/depthwise_choice.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// Rows of the result that are made of one channel before the next channel: pairs, and the rows of the image that they read.
/// Constants and weights of a channel are fetched once for all of them.
template <int Stride>
struct row_band {
    static constexpr int most_pairs = 6;
    static constexpr int image_rows = 2 * Stride;  ///< from a pair to the next

    std::int8_t const* in[most_pairs * image_rows + 3];
    std::int8_t* out[2 * most_pairs];
    int pairs;
};

/// The words of `count` columns of a channel in the rows of a pair.
template <int Stride>
inline void write_columns(std::int8_t const* const* rows, int channel, int channels, int count, std::uint32_t* to) {
    auto const* const r0 = rows[0];
    auto const* const r1 = rows[1];
    auto const* const r2 = rows[2];
    auto const* const r3 = rows[3];
    auto const* const r4 = rows[2 + Stride];
    int at = channel;
    for (auto const* const end = to + count * column_taps; to != end; to += column_taps, at += channels) {
        auto const pair = [](std::int32_t upper, std::int32_t lower) { return static_cast<std::uint32_t>(upper) + (static_cast<std::uint32_t>(lower) << 16); };
        std::int32_t const x1 = r1[at];
        std::int32_t const x2 = r2[at];
        if constexpr (Stride == 1) {
            to[0] = pair(r0[at], x1);
            to[1] = pair(x1, x2);
            to[2] = pair(x2, r3[at]);
        } else {
            to[0] = pair(r0[at], x2);
            to[1] = pair(x1, r3[at]);
            to[2] = pair(x2, r4[at]);
        }
    }
}

/// What stays the same from channel to channel.
struct plane_plan {
    std::uint32_t* columns;
    std::uint32_t* first_column;  ///< that lies inside the image
    std::int32_t* weights;
    int inside;                   ///< columns of the image that are read
    int width;
    int channels;
    int lowest;
    int highest;
};

/// One channel of a band.
template <class Isa, class Finishing, int Stride, bool Split>
[[gnu::noinline]] void make_band(plane_plan const& plan, row_band<Stride> const& band, channel<Isa> const& by, std::int8_t const* filter, int c) {
    auto* const weights = plan.weights;
#pragma GCC unroll 9
    for (int i = 0; i < plane_taps; ++i) weights[i] = filter[i];
    if constexpr (Split) {
#pragma GCC unroll 9
        for (int i = plane_taps; i < 2 * plane_taps; ++i) weights[i] = filter[i];
    }
    auto const start = static_cast<std::uint32_t>(by.start);
    auto const both_start = static_cast<std::int32_t>(start + (start << 16) - 32768U * 3U * (Split ? 2U : 1U));
    std::int32_t const upper_start = by.start;
    typename kernels<Isa>::template requantiser<Finishing> const finish{by, plan.lowest, plan.highest};
    int const channels = plan.channels;
    for (int p = 0; p < band.pairs; ++p) {
        write_columns<Stride>(band.in + p * band.image_rows, c, channels, plan.inside, plan.first_column);
        auto* upper = band.out[2 * p] + c;
        auto* lower = band.out[2 * p + 1] + c;
        std::uint32_t const* columns = plan.columns;
        for (auto const* const end = columns + plan.width * Stride * column_taps; columns != end; columns += Stride * column_taps) {
            std::int32_t both = both_start;
            std::int32_t second = upper_start;
            kernels<Isa>::add_window(both, second, columns, weights);
            if constexpr (Split) kernels<Isa>::add_window(both, second, columns, weights + plane_taps);
            auto const first = static_cast<std::int32_t>(static_cast<std::uint32_t>(both) - (static_cast<std::uint32_t>(second) << 16));
            *lower = finish(second);
            *upper = finish(first);
            upper += channels;
            lower += channels;
        }
    }
}

template <class Isa, int Stride, class Bank>
[[gnu::noinline]] void convolve_depthwise(depthwise_conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                       Bank const& bank, std::uint32_t* columns) {
    int const channels = g.in.c();
    auto* const weights = reinterpret_cast<std::int32_t*>(columns + columns_read(g) * column_taps);
    auto* const zeros = reinterpret_cast<std::int8_t*>(weights + 2 * plane_taps);
    plane_plan const plan{columns, columns + g.pad_left * column_taps, weights, std::min(g.in.w(), columns_read(g) - g.pad_left),
                          g.out.w(), channels, bank.kept.lowest, bank.kept.highest};
    auto const zero_word = static_cast<std::uint32_t>(bank.input_zero_point) * 0x10001U;
    std::fill(columns, plan.first_column, zero_word);
    std::fill(plan.first_column + plan.inside * column_taps, columns + columns_read(g) * column_taps, zero_word);
    if (reads_outer_rows(g)) std::fill_n(zeros, g.in.w() * channels, static_cast<std::int8_t>(bank.input_zero_point));
    int n = made.first / g.out.h();
    int y = made.first - n * g.out.h();
    for (int row = made.first; row < made.first + made.count;) {
        row_band<Stride> band;
        int const count = std::min({2 * band.most_pairs, g.out.h() - y, made.first + made.count - row});
        band.pairs = (count + 1) / 2;
        for (int i = 0; i < band.pairs * band.image_rows + 3; ++i) {
            int const iy = y * Stride - g.pad_top + i;
            band.in[i] = iy < 0 || iy >= g.in.h() ? zeros : in[n * g.in.h() + iy];
        }
        for (int i = 0; i < 2 * band.pairs; ++i) band.out[i] = out[row + std::min(i, count - 1)];
        auto const* filter = bank.filter;
        int plane = 0;
        for (int c = 0; c < channels; ++c) {
            auto const& by = bank.channels[c];
            int const planes = by.extras_end - plane;
            plane = by.extras_end;
            if (planes == 2) {
                make_band<Isa, typename Bank::finishing, Stride, true>(plan, band, by, filter, c);
            } else {
                make_band<Isa, typename Bank::finishing, Stride, false>(plan, band, by, filter, c);
            }
            filter += planes * plane_taps;
        }
        row += count;
        y += count;
        if (y == g.out.h()) y = 0, ++n;
    }
}

}  // namespace inlay::twin
