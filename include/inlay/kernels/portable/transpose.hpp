// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/transpose.hpp>

namespace inlay {

/// Reads the input in the order of the output's axes.
template <class T>
constexpr void permute(isa::portable, transpose_geometry const& g, T* out, T const* in) {
    for (int row = 0; row < g.rows(); ++row) {
        T const* run = in + g.offset(0, row);
        for (int x = 0; x < g.extent.last(); ++x) *out++ = run[x * g.inner_step(0)];
    }
}

}  // namespace inlay
