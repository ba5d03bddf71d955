// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/copy.hpp>
#include <inlay/kernels/transpose.hpp>

namespace inlay {

/// Reads the input in the order of the output's axes.
template <class Isa, class T>
constexpr void permute(Isa isa, transpose_geometry const& g, T* out, T const* in) {
    int const length = g.extent.last();
    int const step = g.inner_step(0);
    for (int row = 0; row < g.rows(); ++row, out += length) {
        T const* const run = in + g.offset(0, row);
        if (step == 1) {
            copy_elements(isa, out, run, length);
        } else {
            for (int x = 0; x < length; ++x) out[x] = run[x * step];
        }
    }
}

}  // namespace inlay
