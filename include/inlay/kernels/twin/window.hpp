// SPDX-License-Identifier: MIT
//
// Brings the windows of two output pixels into words x0 + 65536 * x1, tap by tap.
#pragma once

#include <inlay/kernels/twin/conv2d_choice.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// Where the next tap of a pair of pixels goes: words of two pairs side by side, and in front of each chunk, where the
/// instruction set has them, two words for its starts.
template <class Isa>
struct tap_writer {
    std::uint32_t* to;
    int chunk;
    int left;  ///< taps until the chunk is full

    constexpr tap_writer(std::uint32_t* block, int pair, int chunk) : to{block + 2 * channel<Isa>::chunk_starts + pair}, chunk{chunk}, left{chunk} {}

    /// Taps that lie side by side in both pixels.
    void write(std::int8_t const* first, std::int8_t const* second, int count) {
        auto const put = [&](int taps) {
            for (auto const* const end = first + taps; first != end; ++first, ++second, to += 2) {
                *to = static_cast<std::uint32_t>(*first) + (static_cast<std::uint32_t>(*second) << 16);
            }
        };
        if constexpr (channel<Isa>::chunk_starts == 0) {
            put(count);
        } else {
            for (int taps = std::min(count, left); taps > 0; taps = std::min(count, left)) {
                put(taps);
                count -= taps;
                left -= taps;
                if (left == 0) left = chunk, to += 2;
            }
        }
    }
};

/// The windows of two output pixels, the first taps of which are input rows iy, columns ix of image n. `edge` holds two
/// rows of a window.
struct window_pair {
    int n[2];
    int iy[2];
    int ix[2];
};

template <class Isa, class Bank>
[[gnu::noinline]] void write_windows(conv2d_geometry const& g, Bank const& bank, row_view<std::int8_t const> in, window_pair const& at,
                                     tap_writer<Isa> to, std::int8_t* edge) {
    int const channels = g.in.c();
    int const columns = g.filter.w();
    int const taps = columns * channels;
    for (int fy = 0; fy < g.filter.h(); ++fy) {
        std::int8_t const* from[2];
        for (int p = 0; p < 2; ++p) {
            int const y = at.iy[p] + fy * g.dilation_h;
            int const ix = at.ix[p];
            bool const inside = y >= 0 && y < g.in.h();
            if (inside && ix >= 0 && ix + columns <= g.in.w()) {
                from[p] = in[at.n[p] * g.in.h() + y] + ix * channels;
                continue;
            }
            auto* const copy = edge + p * taps;
            std::fill_n(copy, taps, static_cast<std::int8_t>(bank.input_zero_point));
            int const left = std::max(ix, 0);
            int const right = std::min(ix + columns, g.in.w());
            if (inside && left < right) {
                auto const* const pixels = in[at.n[p] * g.in.h() + y] + left * channels;
                std::copy_n(pixels, (right - left) * channels, copy + (left - ix) * channels);
            }
            from[p] = copy;
        }
        to.write(from[0], from[1], taps);
    }
}

}  // namespace inlay::twin
