// SPDX-License-Identifier: MIT
//
// Pooling of int8, four channels at a time, so that the walk over the window is shared. Each group is read before it is stored, so
// that the result may lie over the input.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/pool_choice.hpp>
#include <inlay/kernels/pool_windows.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <algorithm>
#include <cstdint>
#include <type_traits>

namespace inlay::twin {

/// A division by the number of taps, rounded half away from zero. Armv6-M has no instruction for it: with up to 22 taps a sum is so
/// small that a multiplication by the reciprocal is exact.
template <class Isa>
struct mean_by {
    static constexpr int most_by_reciprocal = std::is_same_v<Isa, isa::thumb1> ? 22 : 0;

    int count = 0;
    std::uint32_t reciprocal = 0;

    void set_count(int taps) {
        if (taps == count) return;
        count = taps;
        if (taps <= most_by_reciprocal) reciprocal = 65536U / static_cast<std::uint32_t>(taps) + 1;
    }
    int operator()(std::int32_t sum) const {
        if (count > most_by_reciprocal) return portable::mean_of(sum, count);
        auto const size = static_cast<std::uint32_t>((sum < 0 ? -sum : sum) + count / 2);
        auto const mean = static_cast<int>(size * reciprocal >> 16);
        return sum < 0 ? -mean : mean;
    }
};

/// Adds up the taps of `Channels` channels.
template <int Channels>
[[gnu::always_inline]] inline void add_taps(std::int32_t (&sums)[Channels], pool_window const& window, int channel) {
    window.each_tap(channel, [&](std::int8_t const* tap) {
#pragma GCC unroll 4
        for (int c = 0; c < Channels; ++c) sums[c] += tap[c];
    });
}

/// The averages of `Channels` channels.
template <class Isa>
struct averaging {
    mean_by<Isa> divide{};
    int8_output const& kept;

    template <int Channels>
    [[gnu::always_inline]] void make(std::int8_t* to, pool_window const& window, int channel) const {
        std::int32_t sums[Channels] = {};
        add_taps(sums, window, channel);
#pragma GCC unroll 4
        for (int c = 0; c < Channels; ++c) to[c] = static_cast<std::int8_t>(std::clamp(divide(sums[c]), kept.lowest, kept.highest));
    }
};

struct choosing_largest {
    int8_output const& kept;

    template <int Channels>
    [[gnu::always_inline]] void make(std::int8_t* to, pool_window const& window, int channel) const {
        int largest[Channels];
#pragma GCC unroll 4
        for (int& each : largest) each = kept.lowest;
        window.each_tap(channel, [&](std::int8_t const* tap) {
#pragma GCC unroll 4
            for (int c = 0; c < Channels; ++c) largest[c] = std::max<int>(largest[c], tap[c]);
        });
#pragma GCC unroll 4
        for (int c = 0; c < Channels; ++c) to[c] = static_cast<std::int8_t>(std::min(largest[c], kept.highest));
    }
};

/// Pools a pixel, in groups of four channels. A function of its own, as it needs all registers.
template <class Pool>
[[gnu::noinline]] void pool_pixel(Pool const& pool, std::int8_t* to, pool_window const& window, int channels) {
    int channel = 0;
    for (; channel + 4 <= channels; channel += 4) pool.template make<4>(to + channel, window, channel);
    for (; channel < channels; ++channel) pool.template make<1>(to + channel, window, channel);
}

template <class Isa>
[[gnu::noinline]] void average_rows(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, int8_output const& kept) {
    averaging<Isa> pool{.kept = kept};
    each_window(g, made, out, in, [&](std::int8_t* to, pool_window const& window) {
        pool.divide.set_count(window.count());
        pool_pixel(pool, to, window, g.in.c());
    });
}

[[gnu::noinline]] inline void largest_rows(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                           int8_output const& kept) {
    choosing_largest const pool{kept};
    each_window(g, made, out, in, [&](std::int8_t* to, pool_window const& window) { pool_pixel(pool, to, window, g.in.c()); });
}

}  // namespace inlay::twin
