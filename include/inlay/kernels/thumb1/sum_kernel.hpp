// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/quick_sum.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

template <>
struct sum_kernel<isa::thumb1> {
    /// Makes elements `at` to -1 up to one in doubt, and says which that is, or 0. The pointers point to element 0. In 18
    /// instructions each, in one statement, as no compiler keeps what is constant in high registers.
    ///   registers  r0 a, r1 b, r2 at, r5 out, r6 r9 factors, r3 r4 sum, r8 lowest, r10 constant, r11 doubt, r12 highest
    static int add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int at, quick_sum const& quick, int8_output const& kept) {
        int made = at;
        auto* const to = out;
        auto const* const from_a = a;
        auto const* const from_b = b;
        auto const factor_a = quick.factor_a;
        auto const factor_b = quick.factor_b;
        auto const constant = quick.constant;
        auto const doubt = quick.doubt;
        int const lowest = kept.lowest;
        int const highest = kept.highest;
        asm volatile(
            ".syntax unified\n\t"
            "ldr r0, %[a]\n\t"
            "ldr r1, %[b]\n\t"
            "ldr r2, %[at]\n\t"
            "ldr r5, %[out]\n\t"
            "ldr r6, %[factor_a]\n\t"
            "ldr r3, %[lowest]\n\t"
            "mov r8, r3\n\t"
            "ldr r3, %[factor_b]\n\t"
            "mov r9, r3\n\t"
            "ldr r3, %[constant]\n\t"
            "mov r10, r3\n\t"
            "ldr r3, %[doubt]\n\t"
            "mov r11, r3\n\t"
            "ldr r3, %[highest]\n\t"
            "mov r12, r3\n"
            "1:\n\t"
            "mov r4, r9\n\t"
            "ldrsb r3, [r1, r2]\n\t"
            "muls r4, r3, r4\n\t"
            "ldrsb r3, [r0, r2]\n\t"
            "muls r3, r6, r3\n\t"
            "adds r3, r3, r4\n\t"
            "add r3, r10\n\t"
            "lsls r4, r3, #32 - %c[bits]\n\t"
            "cmp r4, r11\n\t"
            "blo 5f\n\t"
            "asrs r3, r3, #%c[bits]\n\t"
            "cmp r3, r8\n\t"
            "blt 3f\n\t"
            "cmp r3, r12\n\t"
            "bgt 4f\n"
            "2:\n\t"
            "strb r3, [r5, r2]\n\t"
            "adds r2, r2, #1\n\t"
            "bne 1b\n\t"
            "b 5f\n"
            "3:\n\t"
            "mov r3, r8\n\t"
            "b 2b\n"
            "4:\n\t"
            "mov r3, r12\n\t"
            "b 2b\n"
            "5:\n\t"
            "str r2, %[at]"
            : [at] "+m"(made)
            : [a] "m"(from_a), [b] "m"(from_b), [out] "m"(to), [factor_a] "m"(factor_a), [factor_b] "m"(factor_b), [constant] "m"(constant),
              [doubt] "m"(doubt), [lowest] "m"(lowest), [highest] "m"(highest), [bits] "i"(quick_sum::bits)
            : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
        return made;
    }
};

}  // namespace inlay::twin
