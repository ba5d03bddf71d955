// SPDX-License-Identifier: MIT
//
// Brings the windows of two output pixels into words x0 + 65536 * x1, tap by tap.
#pragma once

#include <inlay/kernels/twin/conv2d_choice.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// Writes the taps of a pair of pixels. Words of two pairs stand side by side; in front of a chunk, where the instruction set
/// wants them, are two words for the starts of its sums.
template <class Isa, int Chunk>
class tap_writer {
public:
    tap_writer(std::uint32_t* block, int pair) : to_{block + 2 * channel<Isa>::chunk_starts + pair} {}

    /// Taps that lie side by side in both pixels.
    void write(std::int8_t const* first, std::int8_t const* second, int count) {
        if constexpr (channel<Isa>::chunk_starts == 0) {
            for (; count >= 4; count -= 4, first += 4, second += 4, to_ += 8) {
#pragma GCC unroll 4
                for (int i = 0; i < 4; ++i) to_[2 * i] = pair(first[i], second[i]);
            }
            for (; count > 0; --count, to_ += 2) *to_ = pair(*first++, *second++);
        } else {
            while (count > 0) {
                if (written_ == 0 && count >= Chunk) {
#pragma GCC unroll 8
                    for (int i = 0; i < Chunk; ++i) put(i, first[i], second[i]);
                    first += Chunk;
                    second += Chunk;
                    count -= Chunk;
                    end_chunk();
                } else {
                    put(written_, *first++, *second++);
                    --count;
                    if (++written_ == Chunk) end_chunk();
                }
            }
        }
    }

    /// Ends the last chunk; taps that are missing are zeros.
    void finish() {
        if constexpr (channel<Isa>::chunk_starts != 0) {
            if (written_ > 0) end_chunk();
        }
    }

private:
    static std::uint32_t pair(std::int8_t first, std::int8_t second) {
        return static_cast<std::uint32_t>(first) + (static_cast<std::uint32_t>(second) << 16);
    }

    void put(int i, std::int8_t first, std::int8_t second) {
        to_[2 * i] = pair(first, second);
        sum_ += to_[2 * i];
    }

    /// Weights are 128 too large: each chunk starts with as much less.
    void end_chunk() {
        to_[-2] = 32768 - (sum_ << 7);
        sum_ = 0;
        written_ = 0;
        to_ += 2 * Chunk + 2;
    }

    std::uint32_t* to_;
    std::uint32_t sum_ = 0;
    int written_ = 0;
};

/// The place of a window: the first tap is input row iy, column ix of image n.
struct window_place {
    int n;
    int iy;
    int ix;
};

/// A row of a window. What reaches over the border is copied to `edge`.
inline std::int8_t const* window_row(conv2d_geometry const& g, row_view<std::int8_t const> in, window_place const& at, int fy, int zero, std::int8_t* edge) {
    int const channels = g.in.c();
    int const columns = g.filter.w();
    int const y = at.iy + fy * g.dilation_h;
    bool const inside = y >= 0 && y < g.in.h();
    if (inside && at.ix >= 0 && at.ix + columns <= g.in.w()) return in[at.n * g.in.h() + y] + at.ix * channels;
    int const left = inside ? std::clamp(-at.ix, 0, columns) * channels : columns * channels;
    int const right = std::max(left, std::min(columns, g.in.w() - at.ix) * channels);
    auto const* const from = inside ? in[at.n * g.in.h() + y] + at.ix * channels : nullptr;
    auto const fill = static_cast<std::int8_t>(zero);
    int i = 0;
    // Volatile, as the compiler would call memset and memcpy, which are slow for so few.
    std::int8_t volatile* const to = edge;
    for (; i < left; ++i) to[i] = fill;
    for (; i < right; ++i) to[i] = from[i];
    for (; i < columns * channels; ++i) to[i] = fill;
    return edge;
}

/// Writes the windows of two pixels. `edge` has room for two rows of a window.
template <class Isa, int Chunk>
[[gnu::noinline]] void write_windows(conv2d_geometry const& g, row_view<std::int8_t const> in, window_place const (&at)[2], int zero, std::uint32_t* block,
                                     int pair, std::int8_t* edge) {
    tap_writer<Isa, Chunk> to{block, pair};
    int const taps = g.filter.w() * g.in.c();
    int const reach = (g.filter.h() - 1) * g.dilation_h;
    auto const is_inside = [&](window_place const& p) { return p.iy >= 0 && p.iy + reach < g.in.h() && p.ix >= 0 && p.ix + g.filter.w() <= g.in.w(); };
    if (in.ring == 0 && is_inside(at[0]) && is_inside(at[1])) {
        auto const* first = in[at[0].n * g.in.h() + at[0].iy] + at[0].ix * g.in.c();
        auto const* second = in[at[1].n * g.in.h() + at[1].iy] + at[1].ix * g.in.c();
        int const step = g.dilation_h * in.pitch;
        for (int rows = g.filter.h(); rows > 0; --rows, first += step, second += step) to.write(first, second, taps);
    } else {
        for (int fy = 0; fy < g.filter.h(); ++fy) to.write(window_row(g, in, at[0], fy, zero, edge), window_row(g, in, at[1], fy, zero, edge + taps), taps);
    }
    to.finish();
}

/// Writes two pixels of a pointwise convolution.
template <class Isa, int Chunk>
[[gnu::noinline]] void write_pixels(std::int8_t const* first, std::int8_t const* second, int taps, std::uint32_t* block, int pair) {
    tap_writer<Isa, Chunk> to{block, pair};
    to.write(first, second, taps);
    to.finish();
}

}  // namespace inlay::twin
