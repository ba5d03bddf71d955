// SPDX-License-Identifier: MIT
//
// Fully connected layers of floats: a unit is an output channel, an input a pixel (blocks.hpp), four batches at a time.
#pragma once

#include <inlay/kernels/arm_fp/blocks.hpp>
#include <inlay/kernels/arm_fp/fully_connected_choice.hpp>

namespace inlay::fp {

/// `Many`: whether there may be four batches.
template <class Machine, bool Many, class Bank>
[[gnu::noinline]] void connect_units(fully_connected_geometry const& g, float* out, float const* in, Bank const& bank) {
    int rest = g.batches;
    if constexpr (Many) {
        for (; rest >= 4; rest -= 4, in += 4 * g.in, out += 4 * g.out) make_pixels<Machine, 4>(bank, in, g.in, out);
    }
    for (; rest > 0; --rest, in += g.in, out += g.out) make_pixels<Machine, 1>(bank, in, g.in, out);
}

}  // namespace inlay::fp
