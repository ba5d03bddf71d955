// SPDX-License-Identifier: MIT
//
// Average pooling of int8, four channels at a time, so that the walk over the window is shared. Each group is read before it is
// stored, so that the result may lie over the input.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/pool2d.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// The averages of `Channels` channels of a window of `rows` * `columns` pixels.
template <int Channels>
inline void average(std::int8_t* to, row_view<std::int8_t const> in, int first_row, int offset, int rows, int columns, int channels, int8_output const& kept) {
    std::int32_t sums[Channels] = {};
    for (int y = first_row; y < first_row + rows; ++y) {
        auto const* from = in[y] + offset;
        for (int x = columns; x > 0; --x, from += channels) {
#pragma GCC unroll 4
            for (int c = 0; c < Channels; ++c) sums[c] += from[c];
        }
    }
    for (int c = 0; c < Channels; ++c) {
        to[c] = static_cast<std::int8_t>(std::clamp(portable::mean_of(sums[c], rows * columns), kept.lowest, kept.highest));
    }
}

[[gnu::noinline]] inline void average_rows(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                           int8_output const& kept) {
    int const channels = g.in.c();
    for (int row = made.first; row < made.first + made.count; ++row) {
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        int const top = std::max(iy, 0);
        int const count_y = std::min(iy + g.filter_h, g.in.h()) - top;
        auto* result = out[row];
        for (int x = 0; x < g.out.w(); ++x, result += channels) {
            int const ix = x * g.stride_w - g.pad_left;
            int const left = std::max(ix, 0);
            int const count_x = std::min(ix + g.filter_w, g.in.w()) - left;
            int c = 0;
            for (; c + 4 <= channels; c += 4) average<4>(result + c, in, n * g.in.h() + top, left * channels + c, count_y, count_x, channels, kept);
            for (; c < channels; ++c) average<1>(result + c, in, n * g.in.h() + top, left * channels + c, count_y, count_x, channels, kept);
        }
    }
}

}  // namespace inlay::twin
