// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/copy.hpp>
#include <inlay/kernels/pad.hpp>

namespace inlay {

/// Copies the input into the middle of the output and fills the rest with `value`.
template <class Isa, class T>
constexpr void pad_tensor(Isa isa, pad_geometry const& g, T* out, T const* in, T value) {
    int const length = g.inside.extent.last();
    int const step = g.inside.inner_step(0);
    int const run = step == 1 ? length : 1;
    T* filled = out;
    for (int row = 0; row < g.inside.rows(); ++row) {
        for (int x = 0; x < length; x += run, in += run) {
            T* const to = out + g.first + g.inside.offset(0, row) + x * step;
            if (to != filled) fill_elements(isa, filled, static_cast<int>(to - filled), value);
            copy_elements(isa, to, in, run);
            filled = to + run;
        }
    }
    fill_elements(isa, filled, static_cast<int>(out + g.out_size - filled), value);
}

}  // namespace inlay
