// SPDX-License-Identifier: MIT
//
// Sums of float tensors of one shape.
#pragma once

#include <inlay/kernels/arm_fp/elementwise_choice.hpp>
#include <inlay/kernels/arm_fp/float_filter.hpp>

#include <cstdint>

namespace inlay::fp {

/// Adds runs of four elements on an FPU, one at least: 2.25 instructions for each, 3.75 with a range that begins at zero.
struct fpu_sums {
    template <range_kind Range>
    static void make(float* out, float const* a, float const* b, int runs, range_bits const& ends) {
        std::uint32_t const lowest = ends.lowest;
        std::uint32_t const highest = ends.highest;
        asm volatile(
            ".syntax unified\n\t"
            ".macro inlay_keep x\n\t"
            ".if %c[from_zero]\n\t"
            "bic \\x, \\x, \\x, asr #31\n\t"
            ".endif\n\t"
            ".if %c[has_lowest]\n\t"
            "cmp \\x, %[lowest]\n\t"
            "it hi\n\t"
            "movhi \\x, %[lowest]\n\t"
            ".endif\n\t"
            ".if %c[has_highest]\n\t"
            "cmp \\x, %[highest]\n\t"
            "it gt\n\t"
            "movgt \\x, %[highest]\n\t"
            ".endif\n\t"
            ".endm\n"
            "1:\n\t"
            "vldmia %[a]!, {s0-s3}\n\t"
            "vldmia %[b]!, {s4-s7}\n\t"
            "vadd.f32 s0, s0, s4\n\t"
            "vadd.f32 s1, s1, s5\n\t"
            "vadd.f32 s2, s2, s6\n\t"
            "vadd.f32 s3, s3, s7\n\t"
            ".if %c[full]\n\t"
            "vstmia %[out]!, {s0-s3}\n\t"
            ".else\n\t"
            "vmov r4, r5, s0, s1\n\t"
            "vmov r6, r8, s2, s3\n\t"
            "inlay_keep r4\n\t"
            "inlay_keep r5\n\t"
            "inlay_keep r6\n\t"
            "inlay_keep r8\n\t"
            "stmia.w %[out]!, {r4, r5, r6, r8}\n\t"
            ".endif\n\t"
            "subs %[n], %[n], #1\n\t"
            "bne 1b\n\t"
            ".purgem inlay_keep"
            : [out] "+r"(out), [a] "+r"(a), [b] "+r"(b), [n] "+r"(runs)
            : [lowest] "r"(lowest), [highest] "r"(highest), [from_zero] "i"(Range.from_zero), [has_lowest] "i"(Range.has_lowest),
              [has_highest] "i"(Range.has_highest), [full] "i"(Range.is_full())
            : "r4", "r5", "r6", "r8", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "cc", "memory");
    }
};

template <class Machine, range_kind Range>
[[gnu::noinline]] void add_elements(float* out, float const* a, float const* b, int count, float_sum const& by) {
    int const whole = count & ~3;
    if (whole > 0) Machine::template make<Range>(out, a, b, count / 4, range_bits{by.output});
    for (int i = whole; i < count; ++i) out[i] = by(a[i], b[i]);
}

/// With the instructions that the range needs.
template <class Machine>
inline void add_all(float* out, float const* a, float const* b, int count, float_sum const& by) {
    constexpr range_kind full{float32::output_of({}, activation_function::none)};
    constexpr range_kind positive{float32::output_of({}, activation_function::relu)};
    constexpr range_kind from_zero{float32::output_of({}, activation_function::relu6)};
    constexpr range_kind between{float32::output_of({}, activation_function::relu_n1_to_1)};
    range_kind const range{by.output};
    if (range.is_full()) return add_elements<Machine, full>(out, a, b, count, by);
    if (!range.from_zero) return add_elements<Machine, between>(out, a, b, count, by);
    range.has_highest ? add_elements<Machine, from_zero>(out, a, b, count, by) : add_elements<Machine, positive>(out, a, b, count, by);
}

}  // namespace inlay::fp
