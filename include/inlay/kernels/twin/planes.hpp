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

/// The words of the columns [0, count) of a channel; `rows` are those of the image, the channel's first pixel each.
template <int Stride>
[[gnu::noinline]] inline void write_columns(std::int8_t const* const (&rows)[3 + Stride], int channels, int count, std::uint32_t* to) {
    auto const* r0 = rows[0];
    auto const* r1 = rows[1];
    auto const* r2 = rows[2];
    auto const* r3 = rows[3];
    auto const* r4 = rows[2 + Stride];
    for (auto const* const end = to + count * column_taps; to != end; to += column_taps) {
        auto const pair = [](std::int8_t const* upper, std::int8_t const* lower) {
            return static_cast<std::uint32_t>(*upper) + (static_cast<std::uint32_t>(*lower) << 16);
        };
        to[0] = pair(r0, Stride == 1 ? r1 : r2);
        to[1] = pair(r1, Stride == 1 ? r2 : r3);
        to[2] = pair(r2, r4);
        r0 += channels;
        r1 += channels;
        r2 += channels;
        r3 += channels;
        r4 += channels;
    }
}

/// One channel of two rows of results.
template <class Isa, class Finishing, int Stride, bool Split>
[[gnu::noinline]] void make_rows(channel<Isa> const& by, std::uint32_t const* columns, std::int32_t const* weights, int width, int channels, std::int8_t* upper,
                                 std::int8_t* lower, int lowest, int highest) {
    auto const start = static_cast<std::uint32_t>(by.start);
    auto const both_start = static_cast<std::int32_t>(start + (start << 16) - 32768U * 3U * (Split ? 2U : 1U));
    std::int32_t const upper_start = by.start;
    typename kernels<Isa>::template requantiser<Finishing> const finish{by, lowest, highest};
    for (auto const* const end = columns + width * Stride * column_taps; columns != end; columns += Stride * column_taps) {
        std::int32_t both = both_start;
        std::int32_t second = upper_start;
        kernels<Isa>::add_window(both, second, columns, weights);
        if constexpr (Split) kernels<Isa>::add_window(both, second, columns, weights + plane_taps);
        auto const first = static_cast<std::int32_t>(static_cast<std::uint32_t>(both) - (static_cast<std::uint32_t>(second) << 16));
        auto const b = finish(second);
        auto const a = finish(first);
        *lower = b;
        *upper = a;
        upper += channels;
        lower += channels;
    }
}

template <class Isa, class Finishing, int Stride, class Bank>
[[gnu::noinline]] void convolve_planes(depthwise_conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                       Bank const& bank, std::uint32_t* columns) {
    int const channels = g.in.c();
    auto* const weights = reinterpret_cast<std::int32_t*>(columns + columns_read(g) * column_taps);
    auto* const zeros = reinterpret_cast<std::int8_t*>(weights + 2 * plane_taps);
    int const inside = std::min(g.in.w(), columns_read(g) - g.pad_left);
    auto* const first_column = columns + g.pad_left * column_taps;
    auto const zero_word = static_cast<std::uint32_t>(bank.input_zero_point) * 0x10001U;
    std::fill(columns, first_column, zero_word);
    std::fill(first_column + inside * column_taps, columns + columns_read(g) * column_taps, zero_word);
    if (reads_outer_rows(g)) std::fill_n(zeros, g.in.w() * channels, static_cast<std::int8_t>(bank.input_zero_point));
    int row = made.first;
    int n = row / g.out.h();
    int y = row - n * g.out.h();
    while (row < made.first + made.count) {
        int const count = std::min({2, g.out.h() - y, made.first + made.count - row});
        std::int8_t const* from[3 + Stride];
        for (int i = 0; i < 3 + Stride; ++i) {
            int const iy = y * Stride - g.pad_top + i;
            from[i] = iy < 0 || iy >= g.in.h() ? zeros : in[n * g.in.h() + iy];
        }
        auto* upper = out[row];
        auto* lower = count == 2 ? out[row + 1] : upper;
        auto const* filter = bank.filter;
        int plane = 0;
        for (int c = 0; c < channels; ++c, ++upper, ++lower) {
            auto const& by = bank.channels[c];
            write_columns<Stride>(from, channels, inside, first_column);
            for (auto& each : from) ++each;
            bool const split = by.extras_end - plane == 2;
            plane = by.extras_end;
            for (auto* to = weights; to != weights + (split ? 2 : 1) * plane_taps; ++to) *to = *filter++;
            if (split) {
                make_rows<Isa, Finishing, Stride, true>(by, columns, weights, g.out.w(), channels, upper, lower, bank.kept.lowest, bank.kept.highest);
            } else {
                make_rows<Isa, Finishing, Stride, false>(by, columns, weights, g.out.w(), channels, upper, lower, bank.kept.lowest, bank.kept.highest);
            }
        }
        row += count;
        y += count;
        if (y == g.out.h()) y = 0, ++n;
    }
}

template <class Isa, int Stride, class Bank>
inline void convolve_depthwise(depthwise_conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, Bank const& bank,
                               std::uint32_t* scratch) {
    if (!bank.kept.is_full()) return convolve_planes<Isa, finishing<true, false>, Stride>(g, made, out, in, bank, scratch);
    if (bank.kept.away_from_zero) return convolve_planes<Isa, finishing<true, true>, Stride>(g, made, out, in, bank, scratch);
    convolve_planes<Isa, finishing<false, true>, Stride>(g, made, out, in, bank, scratch);
}

}  // namespace inlay::twin
