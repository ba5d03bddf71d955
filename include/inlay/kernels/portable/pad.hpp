// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/pad.hpp>

#include <algorithm>

namespace inlay {

/// Copies the input into the middle of the output and fills the rest with `value`.
template <class T>
constexpr void pad_tensor(isa::portable, pad_geometry const& g, T* out, T const* in, T value) {
    std::fill(out, out + g.out_size, value);
    for (int row = 0; row < g.inside.rows(); ++row) {
        T* run = out + g.first + g.inside.offset(0, row);
        for (int x = 0; x < g.inside.extent.last(); ++x) run[x * g.inside.inner_step(0)] = *in++;
    }
}

}  // namespace inlay
