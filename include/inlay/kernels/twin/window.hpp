// SPDX-License-Identifier: MIT
//
// Brings the windows of two output pixels into words x0 + 65536 * x1, tap by tap.
#pragma once

#include <inlay/kernels/twin/conv2d_choice.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// Writes the taps of a pair of pixels. Words of two pairs stand side by side; in front of a chunk, where the instruction set
/// wants them, are two words for the starts of its sums.
template <class Isa, int Chunk>
class tap_writer {
public:
    tap_writer(std::uint32_t* block, int pair) : to_{block + 2 * channel<Isa>::chunk_starts + pair} {}

    /// `rows` rows of taps that lie side by side in both pixels, `step` bytes apart.
    void write(std::int8_t const* first, std::int8_t const* second, int count, int rows, int step) {
        using kernel = window_kernel<Isa>;
        if constexpr (channel<Isa>::chunk_starts == 0) {
            for (; rows > 0; --rows, first += step, second += step) to_ = kernel::write_taps(first, second, count, to_);
        } else if (rest_ == Chunk && count % Chunk == 0) {
            for (; rows > 0; --rows, first += step, second += step) to_ = kernel::template write_chunks<Chunk>(first, second, count, to_);
        } else {
            int const whole = rest_ == Chunk && rows == 1 && count > Chunk ? count & -Chunk : 0;
            if (whole > 0) to_ = kernel::template write_chunks<Chunk>(first, second, whole, to_);
            to_ = kernel::template write_rows<Chunk>(first + whole, second + whole, count - whole, rows, step, to_, rest_);
        }
    }

private:
    std::uint32_t* to_;
    int rest_ = Chunk;  ///< taps of the chunk that is being written
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
        to.write(first, second, taps, g.filter.h(), step);
    } else {
        for (int fy = 0; fy < g.filter.h(); ++fy) to.write(window_row(g, in, at[0], fy, zero, edge), window_row(g, in, at[1], fy, zero, edge + taps), taps, 1, 0);
    }
}

/// Writes two pixels of a pointwise convolution.
template <class Isa, int Chunk>
[[gnu::noinline]] void write_pixels(std::int8_t const* first, std::int8_t const* second, int taps, std::uint32_t* block, int pair) {
    tap_writer<Isa, Chunk> to{block, pair};
    to.write(first, second, taps, 1, 0);
}

}  // namespace inlay::twin
