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
    std::int8_t const* whole;  ///< its first tap, if it does not reach over the border
};

/// Goes from pixel to pixel of the result, row by row.
class pixel_walk {
public:
    pixel_walk(conv2d_geometry const& g, row_view<std::int8_t const> in, int row)
        : g_{g}, in_{in}, last_iy_{g.in.h() - 1 - (g.filter.h() - 1) * g.dilation_h}, last_ix_{g.in.w() - g.filter.w()}, n_{row / g.out.h()},
          y_{row - n_ * g.out.h()} {
        start_row();
    }

    window_place const& place() const { return place_; }

    [[gnu::noinline]] void next() {
        if (++x_ < g_.out.w()) {
            to_column(place_.ix + g_.stride_w);
        } else {
            if (++y_ == g_.out.h()) y_ = 0, ++n_;
            start_row();
        }
    }

private:
    void start_row() {
        x_ = 0;
        place_.n = n_;
        place_.iy = y_ * g_.stride_h - g_.pad_top;
        row_ = in_.ring == 0 && n_ < g_.in.n() && place_.iy >= 0 && place_.iy <= last_iy_ ? in_[n_ * g_.in.h() + place_.iy] : nullptr;
        to_column(-g_.pad_left);
    }

    void to_column(int ix) {
        place_.ix = ix;
        place_.whole = row_ != nullptr && ix >= 0 && ix <= last_ix_ ? row_ + ix * g_.in.c() : nullptr;
    }

    conv2d_geometry const& g_;
    row_view<std::int8_t const> in_;
    int last_iy_;
    int last_ix_;
    int n_;
    int y_;
    int x_ = 0;
    std::int8_t const* row_ = nullptr;  ///< of the windows, which lies in one piece
    window_place place_{};
};

/// Copies some bytes. A compiler would call memcpy, which is slow for so few.
[[gnu::noinline]] inline void copy_few(std::int8_t* to, std::int8_t const* from, int count) {
    auto const places = reinterpret_cast<std::uintptr_t>(to) | reinterpret_cast<std::uintptr_t>(from) | static_cast<std::uintptr_t>(count);
    if (places % 4 == 0) {
        for (; count > 0; count -= 4, to += 4, from += 4) {
            __builtin_memcpy(__builtin_assume_aligned(to, 4), __builtin_assume_aligned(from, 4), 4);
            asm volatile("" ::: "memory");
        }
    } else {
        for (std::int8_t volatile* byte = to; count > 0; --count) *byte++ = *from++;
    }
}

/// The same for one value, in four.
[[gnu::noinline]] inline void fill_few(std::int8_t* to, std::uint32_t fours, int count) {
    if ((reinterpret_cast<std::uintptr_t>(to) | static_cast<std::uintptr_t>(count)) % 4 == 0) {
        for (; count > 0; count -= 4, to += 4) {
            __builtin_memcpy(__builtin_assume_aligned(to, 4), &fours, 4);
            asm volatile("" ::: "memory");
        }
    } else {
        for (std::int8_t volatile* byte = to; count > 0; --count) *byte++ = static_cast<std::int8_t>(fours);
    }
}

/// The rows of windows.
class window_rows {
public:
    window_rows(conv2d_geometry const& g, row_view<std::int8_t const> in, int zero)
        : g_{g}, in_{in}, zeros_{(static_cast<std::uint32_t>(zero) & 255) * 0x01010101U}, taps_{g.filter.w() * g.in.c()} {}

    int taps() const { return taps_; }
    int count() const { return g_.filter.h(); }
    int step() const { return g_.dilation_h * in_.pitch; }

    /// A row of a window. What reaches over the border is copied to `edge`.
    [[gnu::noinline]] std::int8_t const* row(window_place const& at, int fy, std::int8_t* edge) const {
        int const channels = g_.in.c();
        int const columns = g_.filter.w();
        int const y = at.iy + fy * g_.dilation_h;
        if (y < 0 || y >= g_.in.h()) {
            fill_few(edge, zeros_, taps_);
            return edge;
        }
        auto const* const from = in_[at.n * g_.in.h() + y];
        int const left = std::clamp(-at.ix, 0, columns);
        int const right = std::max(left, std::min(columns, g_.in.w() - at.ix));
        if (left == 0 && right == columns) return from + at.ix * channels;
        fill_few(edge, zeros_, left * channels);
        if (left < right) copy_few(edge + left * channels, from + (at.ix + left) * channels, (right - left) * channels);
        fill_few(edge + right * channels, zeros_, (columns - right) * channels);
        return edge;
    }

private:
    conv2d_geometry const& g_;
    row_view<std::int8_t const> in_;
    std::uint32_t zeros_;
    int taps_;
};

/// Writes the windows of a pair of pixels. `edge` has room for two rows of a window.
template <class Isa, int Chunk>
[[gnu::noinline]] void write_windows(window_rows const& rows, window_place const& first, window_place const& second, std::uint32_t* block, int pair,
                                     std::int8_t* edge) {
    tap_writer<Isa, Chunk> to{block, pair};
    int const taps = rows.taps();
    if (first.whole != nullptr && second.whole != nullptr) return to.write(first.whole, second.whole, taps, rows.count(), rows.step());
    for (int fy = 0; fy < rows.count(); ++fy) to.write(rows.row(first, fy, edge), rows.row(second, fy, edge + taps), taps, 1, 0);
}

/// Writes two pixels of a pointwise convolution.
template <class Isa, int Chunk>
[[gnu::noinline]] void write_pixels(std::int8_t const* first, std::int8_t const* second, int taps, std::uint32_t* block, int pair) {
    tap_writer<Isa, Chunk> to{block, pair};
    to.write(first, second, taps, 1, 0);
}

}  // namespace inlay::twin
