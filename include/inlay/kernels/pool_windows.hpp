// SPDX-License-Identifier: MIT
//
// The walk of a window over an image, for poolings that make all channels of a pixel from the same taps.
#pragma once

#include <inlay/core/rows.hpp>
#include <inlay/kernels/pool2d.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay {

/// The part of a window that lies within the image.
template <class T>
struct window_part {
    T const* first;
    int step;            ///< elements from a column to the next
    int pitch = 0;       ///< elements from a row to the next
    int rows = 1;
    int columns;
    int until_wrap = 0;  ///< rows, behind which the next one lies `wrap` elements farther back; 0: none
    int wrap = 0;

    int count() const { return rows * columns; }

    /// Calls add(tap) for each tap of channel `channel`.
    template <class Add>
    [[gnu::always_inline]] void each_tap(int channel, Add add) const {
        auto const* from = first + channel;
        int whole = until_wrap;
        for (int rest = rows; rest > 0; --rest) {
            auto const* tap = from;
            for (int taps = columns; taps > 0; --taps, tap += step) add(tap);
            from += pitch;
            if (--whole == 0) from -= wrap;
        }
    }
};

using pool_window = window_part<std::int8_t>;

/// Calls make(result, window) for each pixel of whole rows.
template <class T, class Make>
[[gnu::always_inline]] inline void each_window(pool2d_geometry const& g, rows made, row_view<T> out, row_view<T const> in, Make make) {
    int const channels = g.in.c();
    for (int row = made.first; row < made.first + made.count; ++row) {
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        int const rows = std::min(iy + g.filter_h, g.in.h()) - std::max(iy, 0);
        int const top = n * g.in.h() + std::max(iy, 0);
        auto* result = out[row];
        for (int x = 0; x < g.out.w(); ++x, result += channels) {
            int const ix = x * g.stride_w - g.pad_left;
            int const left = std::max(ix, 0);
            make(result, window_part<T>{.first = in[top] + left * channels,
                                        .step = channels,
                                        .pitch = in.pitch,
                                        .rows = rows,
                                        .columns = std::min(ix + g.filter_w, g.in.w()) - left,
                                        .until_wrap = in.ring == 0 ? 0 : in.ring - top % in.ring,
                                        .wrap = in.ring * in.pitch});
        }
    }
}

}  // namespace inlay
