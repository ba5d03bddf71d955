// SPDX-License-Identifier: MIT
//
// Depthwise convolution, two rows of a channel at a time (depthwise_choice.hpp). The columns of the channel are brought into
// scratch; a window is nine words from there on, and those of the next result begin one or two columns later. A missing row at
// the end is made under the one before it, and stored first.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/twin/depthwise_choice.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
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

/// What stays the same from one pair of rows of a channel to the next.
template <class Isa>
struct plane_row {
    std::int32_t both_start;
    std::int32_t upper_start;
    std::int32_t const* weights;
    int words;     ///< from the first window to behind the last
    int channels;  ///< bytes from a result to the next
    int lowest;
    int highest;
    [[no_unique_address]] typename channel<Isa>::fetched constants;  ///< of the requantisation
};

/// Two rows of results of one channel. Columns that were split off begin `apart` words behind the window.
template <class Isa, class Finishing, int Stride, int Extras>
inline void make_row_pair(plane_row<Isa> const& row, channel<Isa> const& by, std::uint32_t const* columns, std::int8_t* upper, std::int8_t* lower,
                          int const (&apart)[3]) {
    requantiser<Isa, Finishing> const finish{by, row.lowest, row.highest};
    for (auto const* const end = columns + row.words; columns != end; columns += Stride * column_taps, upper += row.channels, lower += row.channels) {
        std::int32_t both = row.both_start;
        std::int32_t second = row.upper_start;
        plane_kernel<Isa>::add_window(both, second, columns, row.weights);
        if constexpr (Extras > 0) plane_kernel<Isa>::add_column(both, second, columns + apart[0], row.weights + plane_taps);
        if constexpr (Extras > 1) plane_kernel<Isa>::add_column(both, second, columns + apart[1], row.weights + plane_taps + column_taps);
        if constexpr (Extras > 2) plane_kernel<Isa>::add_column(both, second, columns + apart[2], row.weights + plane_taps + 2 * column_taps);
        auto const first = static_cast<std::int32_t>(static_cast<std::uint32_t>(both) - (static_cast<std::uint32_t>(second) << 16));
        *lower = finish(second);
        *upper = finish(first);
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

/// One channel of a band, of whose filter `Extras` columns were split off.
template <class Isa, class Finishing, int Stride, int Extras>
[[gnu::noinline]] void make_band(plane_plan const& plan, row_band<Stride> const& band, channel<Isa> const& by, std::int8_t const* filter,
                                 extra_column const* extras, int c) {
    auto* const weights = plan.weights;
#pragma GCC unroll 9
    for (int i = 0; i < plane_taps; ++i) weights[i] = filter[i];
    int apart[3] = {};
    for (int e = 0; e < Extras; ++e) {
        apart[e] = extras[e].column * column_taps;
        for (int i = 0; i < column_taps; ++i) weights[plane_taps + e * column_taps + i] = extras[e].weights[i];
    }
    auto const start = static_cast<std::uint32_t>(by.start);
    plane_row<Isa> const row{static_cast<std::int32_t>(start + (start << 16) - 32768U * (3U + Extras)), by.start, weights,
                             plan.width * Stride * column_taps, plan.channels, plan.lowest, plan.highest, by.fetch()};
    for (int p = 0; p < band.pairs; ++p) {
        plane_kernel<Isa>::template write_columns<Stride>(band.in + p * band.image_rows, c, plan.channels, plan.inside, plan.first_column);
        plane_kernel<Isa>::template make_row_pair<Finishing, Stride, Extras>(row, by, plan.columns, band.out[2 * p] + c, band.out[2 * p + 1] + c, apart);
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
        int extra = 0;
        for (int c = 0; c < channels; ++c, filter += plane_taps) {
            auto const& by = bank.channels[c];
            int const extras = by.extras_end - extra;
            constexpr auto make = [] {
                using finishing = typename Bank::finishing;
                return std::array{make_band<Isa, finishing, Stride, 0>, make_band<Isa, finishing, Stride, 1>, make_band<Isa, finishing, Stride, 2>,
                                  make_band<Isa, finishing, Stride, 3>};
            }();
            make[static_cast<std::size_t>(extras)](plan, band, by, filter, bank.extras + extra, c);
            extra = by.extras_end;
        }
        row += count;
        y += count;
        if (y == g.out.h()) y = 0, ++n;
    }
}

}  // namespace inlay::twin
