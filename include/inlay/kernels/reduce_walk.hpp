// SPDX-License-Identifier: MIT
//
// The walk of kernels that sum over axes.
#pragma once

#include <inlay/kernels/pool_windows.hpp>
#include <inlay/kernels/reduce_choice.hpp>

#include <cstdint>

namespace inlay::reducing {

/// Calls make(result, window) for each group of channels side by side, whose sums are those of the window's taps.
template <class Make>
[[gnu::always_inline]] inline void each_group(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, Make make) {
    for (int first = 0; first < g.kept.size(); first += channels(g)) {
        make(out + first, pool_window{.first = in + g.kept.offset(first), .step = g.reduced.stride[0], .columns = g.reduced.extent[0]});
    }
}

/// Makes each result from a run of elements; add_up(in, count) is their sum.
template <class Rescaling, class AddUp>
[[gnu::always_inline]] inline void each_run(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by, AddUp add_up) {
    Rescaling const rescale{by.rescale, by.output};
    int const count = g.reduced.extent[0];
    int const results = g.kept.size();
    std::int32_t const zeros = by.input_zero_point * count;
    for (int i = 0; i < results; ++i) {
        auto const* const run = in + (g.kept.rank == 1 ? i * g.kept.stride[0] : g.kept.offset(i));
        out[i] = rescale(add_up(run, count) - zeros);
    }
}

}  // namespace inlay::reducing
