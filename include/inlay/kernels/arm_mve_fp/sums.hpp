// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/arm_fp/elementwise.hpp>

#include <cstdint>

namespace inlay::mve {

/// Adds runs of four elements on Helium, one at least: 1.25 instructions for each, and one more with every end of a range for four.
struct float_sums {
    template <fp::range_kind Range>
    static void make(float* out, float const* a, float const* b, int runs, fp::range_bits const& ends) {
        asm volatile(
            "vdup.32 q2, %[lowest]\n\t"
            "vdup.32 q3, %[highest]\n\t"
            "dls lr, %[n]\n"
            "1:\n\t"
            "vldrw.32 q0, [%[a]], #16\n\t"
            "vldrw.32 q1, [%[b]], #16\n\t"
            "vadd.f32 q0, q0, q1\n\t"
            ".if %c[from_zero] || %c[has_lowest]\n\t"
            "vmaxnm.f32 q0, q0, q2\n\t"
            ".endif\n\t"
            ".if %c[has_highest]\n\t"
            "vminnm.f32 q0, q0, q3\n\t"
            ".endif\n\t"
            "vstrw.32 q0, [%[out]], #16\n\t"
            "le lr, 1b"
            : [out] "+r"(out), [a] "+r"(a), [b] "+r"(b)
            : [n] "r"(runs), [lowest] "r"(ends.lowest), [highest] "r"(ends.highest), [from_zero] "i"(Range.from_zero), [has_lowest] "i"(Range.has_lowest),
              [has_highest] "i"(Range.has_highest)
            : "lr", "q0", "q1", "q2", "q3", "memory");
    }
};

}  // namespace inlay::mve
