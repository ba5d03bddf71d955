// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/quick_sum.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

template <>
struct sum_kernel<isa::armv7m> {
    /// Makes elements `at` to -1 up to one in doubt, and says which that is, or 0. The pointers point to element 0.
    static int add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int at, quick_sum const& quick, int8_output const& kept) {
        auto const [factor_a, factor_b, constant, doubt] = quick;
        int const lowest = kept.lowest;
        int const highest = kept.highest;
        for (; at != 0; ++at) {
            std::int32_t const sum = a[at] * factor_a + b[at] * factor_b + constant;
            if (quick_sum::fraction(sum) < doubt) return at;
            std::int32_t const result = sum >> quick_sum::bits;
            out[at] = static_cast<std::int8_t>(result < lowest ? lowest : result > highest ? highest : result);
        }
        return 0;
    }
};

}  // namespace inlay::twin
