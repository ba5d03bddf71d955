// SPDX-License-Identifier: MIT
//
// Sums over axes of int8 on the DSP extension: the sums of words, as in pooling, hold 256 taps. So many are added to those of words.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/pool2d.hpp>
#include <inlay/kernels/arm_dsp/rescaling.hpp>
#include <inlay/kernels/reduce_walk.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::dsp {

inline constexpr int most_taps = 256;

struct summing {
    rescaling<> rescale;
    std::int32_t zeros;  ///< the sum of as many zero points

    summing(int8_reduction const& by, int count) : rescale{by.rescale, by.output}, zeros{by.input_zero_point * count} {}

    template <int Words>
    [[gnu::always_inline]] void make(std::int8_t* to, pool_window const& window, int channel) const {
        std::int32_t totals[4 * Words] = {};
        auto part = window;
        for (int rest = window.columns; rest > 0; rest -= most_taps, part.first += most_taps * window.step) {
            part.columns = std::min(rest, most_taps);
            sums<Words> sum;
            part.each_tap(channel, [&](std::int8_t const* tap) { sum.add(tap); });
            sum.each([&](int c, std::int32_t of) { totals[c] += of; });
        }
#pragma GCC unroll 8
        for (int c = 0; c < 4 * Words; ++c) to[c] = rescale(totals[c] - zeros);
    }
};

[[gnu::noinline]] inline void reduce_channels(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by) {
    summing const pool{by, g.reduced.size()};
    reducing::each_group(g, out, in, [&](std::int8_t* to, pool_window const& window) { pool_pixel(pool, to, window, reducing::channels(g)); });
}

[[gnu::noinline]] inline void reduce_runs(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by) {
    reducing::each_run<rescaling<>>(g, out, in, by, [](std::int8_t const* run, int count) {
        std::int32_t total = 0;
        for (int words = count / 4; words > 0; words -= most_taps) {
            sums<1> sum;
            auto const* const end = run + 4 * std::min(words, most_taps);
#pragma GCC unroll 4
            for (; run != end; run += 4) sum.add(run);
            sum.each([&](int, std::int32_t of) { total += of; });
        }
        for (int rest = count % 4; rest > 0; --rest) total += *run++;
        return total;
    });
}

inline void reduce(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by) {
    reducing::sums_runs(g) ? reduce_runs(g, out, in, by) : reduce_channels(g, out, in, by);
}

}  // namespace inlay::dsp

namespace inlay {

/// Sums over axes of int8.
template <computed_element T, auto Geometry, policy Policy>
    requires(reducing::is_in_words(Geometry))
inline void reduce_sum(isa::arm_dsp, constant<Geometry, Policy> geometry, T* out, T const* in, int8_reduction const& by) {
    if (!reducing::takes(by)) return reduce_sum(isa::portable{}, geometry, out, in, by);
    dsp::reduce(Geometry, out, in, by);
}

}  // namespace inlay
