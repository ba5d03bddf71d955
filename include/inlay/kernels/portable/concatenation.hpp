// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/concatenation.hpp>

#include <algorithm>

namespace inlay {

/// Copies one input of a concatenation to its place. `out` is where its first run goes.
template <class T>
constexpr void copy_runs(isa::portable, concatenation_geometry const& g, T* out, T const* in) {
    for (int run = 0; run < g.count; ++run) std::copy_n(in + run * g.length, g.length, out + run * g.pitch);
}

}  // namespace inlay
