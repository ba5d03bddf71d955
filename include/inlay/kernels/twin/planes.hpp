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

/// What stays the same from channel to channel.
struct plane_plan {
    std::uint32_t* columns;
    std::uint32_t* first_column;  ///< that lies inside the image
    int inside;                   ///< columns of the image that are read
    int width;
    int channels;
    int lowest;
    int highest;
};

/// The weights of a channel, of whose filter `Extras` columns were split off, and where in bytes the words of those lie, from the
/// first column of the next window on.
template <int Extras, int Stride>
inline void spread_weights(std::int8_t const* filter, extra_column const* extras, std::int32_t* weights, std::int32_t (&apart)[3]) {
#pragma GCC unroll 9
    for (int i = 0; i < plane_taps; ++i) *weights++ = filter[i];
    for (int e = 0; e < Extras; ++e) {
        apart[e] = (extras[e].column - Stride) * column_taps * 4;
        for (auto const weight : extras[e].weights) *weights++ = weight;
    }
}

/// What the sums of both rows start with; each chunk brings 32768.
template <class Channel>
inline std::int32_t both_start(Channel const& by, int chunks) {
    auto const start = static_cast<std::uint32_t>(by.start);
    return static_cast<std::int32_t>(start + (start << 16) - 32768U * static_cast<std::uint32_t>(chunks));
}

template <class Isa, int Stride, class Bank>
[[gnu::noinline]] void convolve_depthwise(depthwise_conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                       Bank const& bank, std::uint32_t* columns) {
    int const channels = g.in.c();
    auto* const zeros = reinterpret_cast<std::int8_t*>(columns + columns_read(g) * column_taps);
    plane_plan const plan{columns, columns + g.pad_left * column_taps, std::min(g.in.w(), columns_read(g) - g.pad_left), g.out.w(), channels,
                          bank.kept.lowest, bank.kept.highest};
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
                using by = plane_kernel<Isa>;
                return std::array{by::template make_band<finishing, Stride, 0>, by::template make_band<finishing, Stride, 1>,
                                  by::template make_band<finishing, Stride, 2>, by::template make_band<finishing, Stride, 3>};
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
