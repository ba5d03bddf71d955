// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/int8_sums.hpp>
#include <inlay/kernels/quick_sum.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

/// The sums or differences of `count` elements, which is not 0.
template <class Isa>
[[gnu::noinline]] void add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int count, int8_sum const& by, quick_sum const& quick) {
    out += count;
    a += count;
    b += count;
    for (int at = -count;;) {
        at = sum_kernel<Isa>::add(out, a, b, at, quick, by.output);
        if (at == 0) return;
        out[at] = by(a[at], b[at]);
        if (++at == 0) return;
    }
}

}  // namespace inlay::twin
