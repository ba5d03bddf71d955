// SPDX-License-Identifier: MIT
//
// Pooling of int8 on the DSP extension: four channels at a time. Their sums are two words of two halfwords, which hold 256 taps;
// their maxima one word, of which SSUB8 and SEL replace the bytes that are less. Each group is read before it is stored, so that
// the result may lie over the input.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/pool_choice.hpp>
#include <inlay/kernels/pool_windows.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::dsp {

/// The sums of `Words` times four channels.
template <int Words>
struct sums {
    std::uint32_t even[Words] = {};
    std::uint32_t odd[Words] = {};

    [[gnu::always_inline]] void add(std::int8_t const* from) {
#pragma GCC unroll 2
        for (int w = 0; w < Words; ++w) {
            auto const word = load_word(from + 4 * w);
            even[w] = sxtab16(even[w], word);
            odd[w] = sxtab16_ror8(odd[w], word);
        }
    }

    /// Calls make(channel, sum) for each.
    template <class Make>
    [[gnu::always_inline]] void each(Make make) const {
#pragma GCC unroll 2
        for (int w = 0; w < Words; ++w) {
            make(4 * w, std::int32_t{static_cast<std::int16_t>(even[w])});
            make(4 * w + 1, std::int32_t{static_cast<std::int16_t>(odd[w])});
            make(4 * w + 2, static_cast<std::int32_t>(even[w]) >> 16);
            make(4 * w + 3, static_cast<std::int32_t>(odd[w]) >> 16);
        }
    }
};

/// Four times the same byte.
inline std::uint32_t four_of(int byte) { return static_cast<std::uint8_t>(byte) * 0x01010101U; }

struct averaging {
    int8_output const& kept;

    template <int Words>
    [[gnu::always_inline]] void make(std::int8_t* to, pool_window const& window, int channel) const {
        sums<Words> sum;
        window.each_tap(channel, [&](std::int8_t const* tap) { sum.add(tap); });
        int const count = window.count();
        sum.each([&](int c, std::int32_t of) { to[c] = static_cast<std::int8_t>(std::clamp(portable::mean_of(of, count), kept.lowest, kept.highest)); });
    }
};

struct choosing_largest {
    std::uint32_t lowest;
    std::uint32_t highest;

    template <int Words>
    [[gnu::always_inline]] void make(std::int8_t* to, pool_window const& window, int channel) const {
        std::uint32_t largest[Words];
        std::fill_n(largest, Words, lowest);
        window.each_tap(channel, [&](std::int8_t const* tap) {
#pragma GCC unroll 2
            for (int w = 0; w < Words; ++w) largest[w] = larger_bytes(largest[w], load_word(tap + 4 * w));
        });
        for (int w = 0; w < Words; ++w) store_word(to + 4 * w, smaller_bytes(largest[w], highest));
    }
};

/// Pools a pixel, in groups of eight channels and one of four. A function of its own, as it needs all registers.
template <class Pool>
[[gnu::noinline]] void pool_pixel(Pool const& pool, std::int8_t* to, pool_window const& window, int channels) {
    int channel = 0;
    for (; channel + 8 <= channels; channel += 8) pool.template make<2>(to + channel, window, channel);
    if (channel < channels) pool.template make<1>(to + channel, window, channel);
}

template <class Pool>
[[gnu::noinline]] void pool_rows(Pool const& pool, pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in) {
    each_window(g, made, out, in, [&](std::int8_t* to, pool_window const& window) { pool_pixel(pool, to, window, g.in.c()); });
}

inline void average_rows(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, int8_output const& kept) {
    pool_rows(averaging{kept}, g, made, out, in);
}

inline void largest_rows(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, int8_output const& kept) {
    pool_rows(choosing_largest{four_of(kept.lowest), four_of(kept.highest)}, g, made, out, in);
}

}  // namespace inlay::dsp

namespace inlay {

/// Average pooling of int8: makes a run of output rows.
template <computed_element T, auto Geometry, policy Policy>
    requires(std::is_same_v<T, std::int8_t> && pooling::is_in_words(Geometry) && pooling::fits_halfwords(Geometry))
inline void pool_average(isa::arm_dsp, constant<Geometry, Policy>, rows made, row_view<T> out, row_view<T const> in, int8_output const& kept) {
    dsp::average_rows(Geometry, made, out, in, kept);
}

/// Maximum pooling of int8: makes a run of output rows.
template <computed_element T, auto Geometry, policy Policy>
    requires(std::is_same_v<T, std::int8_t> && pooling::is_in_words(Geometry))
inline void pool_max(isa::arm_dsp, constant<Geometry, Policy>, rows made, row_view<T> out, row_view<T const> in, int8_output const& kept) {
    dsp::largest_rows(Geometry, made, out, in, kept);
}

}  // namespace inlay
