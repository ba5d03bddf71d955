// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/elementwise_choice.hpp>
#include <inlay/kernels/twin/rescaling.hpp>

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

template <class Isa, bool RepeatsRight>
[[gnu::noinline]] void multiply_elements(std::int8_t* out, std::int8_t const* left, std::int8_t const* right, int count, int zero_left, int zero_right,
                                         fixed_point factor, int8_output const& to) {
    rescaling<Isa> const rescale{factor, to};
    std::int32_t const repeated = *right - zero_right;
    for (auto const* const end = left + count; left != end;) {
        std::int32_t const l = *left++ - zero_left;
        *out++ = rescale(l * (RepeatsRight ? repeated : *right++ - zero_right));
    }
}

template <class Isa>
[[gnu::always_inline]] inline void multiply(elementwise_geometry const& g, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_product const& by) {
    each_run(g, out, a, b, by.zero_point_a, by.zero_point_b, [&]<bool RepeatsRight>(auto... operands) __attribute__((always_inline)) {
        multiply_elements<Isa, RepeatsRight>(operands..., by.rescale, by.output);
    });
}

}  // namespace inlay::twin
