// SPDX-License-Identifier: MIT
//
// Sums over axes of int8: four channels at a time as in pooling, or a run of elements.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/reduce_walk.hpp>
#include <inlay/kernels/twin/pool2d.hpp>
#include <inlay/kernels/twin/rescaling.hpp>

#include <cstdint>

namespace inlay::twin {

template <class Isa>
struct summing {
    rescaling<Isa> rescale;
    std::int32_t zeros;  ///< the sum of as many zero points

    summing(int8_reduction const& by, int count) : rescale{by.rescale, by.output}, zeros{by.input_zero_point * count} {}

    template <int Channels>
    [[gnu::always_inline]] void make(std::int8_t* to, pool_window const& window, int channel) const {
        std::int32_t sums[Channels] = {};
        add_taps(sums, window, channel);
#pragma GCC unroll 4
        for (int c = 0; c < Channels; ++c) to[c] = rescale(sums[c] - zeros);
    }
};

template <class Isa>
[[gnu::noinline]] void reduce_channels(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by) {
    summing<Isa> const pool{by, g.reduced.size()};
    reducing::each_group(g, out, in, [&](std::int8_t* to, pool_window const& window) { pool_pixel(pool, to, window, reducing::channels(g)); });
}

template <class Isa>
[[gnu::noinline]] void reduce_runs(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by) {
    reducing::each_run<rescaling<Isa>>(g, out, in, by, [](std::int8_t const* run, int count) {
        std::int32_t sum = 0;
#pragma GCC unroll 4
        for (; count > 0; --count) sum += *run++;
        return sum;
    });
}

template <class Isa>
inline void reduce(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by) {
    reducing::sums_runs(g) ? reduce_runs<Isa>(g, out, in, by) : reduce_channels<Isa>(g, out, in, by);
}

}  // namespace inlay::twin
