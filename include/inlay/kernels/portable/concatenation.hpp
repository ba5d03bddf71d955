// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/concatenation.hpp>
#include <inlay/kernels/copy.hpp>

namespace inlay {

/// Copies one input of a concatenation to its place. `out` is where its first run goes.
template <class Isa, class T>
constexpr void copy_runs(Isa isa, concatenation_geometry const& g, T* out, T const* in) {
    for (int run = 0; run < g.count; ++run) copy_elements(isa, out + run * g.pitch, in + run * g.length, g.length);
}

}  // namespace inlay
