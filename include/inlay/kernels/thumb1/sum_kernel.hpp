// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/quick_sum.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::twin {

template <>
struct sum_kernel<isa::thumb1> {
    /// Makes elements `at` to -1 up to one in doubt, and says which that is, or 0. The pointers point to element 0. In 18
    /// instructions each, in one statement, as no compiler keeps what is constant in high registers.
    ///   registers  r0 a, r1 b, r2 at, r5 out, r6 r9 factors, r3 r4 sum, r8 lowest, r10 constant, r11 doubt, r12 highest
    static int add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int at, quick_sum const& quick, int8_output const& kept) {
        struct frame {
            int at;
            std::int8_t const* a;
            std::int8_t const* b;
            std::int8_t* out;
            std::int32_t factor_a;
            std::int32_t factor_b;
            std::int32_t constant;
            std::uint32_t doubt;
            int lowest;
            int highest;
        } now{at, a, b, out, quick.factor_a, quick.factor_b, quick.constant, quick.doubt, kept.lowest, kept.highest};
        register frame* in asm("r0") = &now;
        asm volatile(
            ".syntax unified\n\t"
            "push {r7}\n\t"
            "mov r7, r0\n\t"
            "ldr r0, [r7, #%c[a]]\n\t"
            "ldr r1, [r7, #%c[b]]\n\t"
            "ldr r2, [r7, #%c[at]]\n\t"
            "ldr r5, [r7, #%c[out]]\n\t"
            "ldr r6, [r7, #%c[factor_a]]\n\t"
            "ldr r3, [r7, #%c[lowest]]\n\t"
            "mov r8, r3\n\t"
            "ldr r3, [r7, #%c[factor_b]]\n\t"
            "mov r9, r3\n\t"
            "ldr r3, [r7, #%c[constant]]\n\t"
            "mov r10, r3\n\t"
            "ldr r3, [r7, #%c[doubt]]\n\t"
            "mov r11, r3\n\t"
            "ldr r3, [r7, #%c[highest]]\n\t"
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
            "str r2, [r7, #%c[at]]\n\t"
            "pop {r7}"
            : "+r"(in)
            : [at] "i"(offsetof(frame, at)), [a] "i"(offsetof(frame, a)), [b] "i"(offsetof(frame, b)), [out] "i"(offsetof(frame, out)),
              [factor_a] "i"(offsetof(frame, factor_a)), [factor_b] "i"(offsetof(frame, factor_b)),
              [constant] "i"(offsetof(frame, constant)), [doubt] "i"(offsetof(frame, doubt)), [lowest] "i"(offsetof(frame, lowest)),
              [highest] "i"(offsetof(frame, highest)), [bits] "i"(quick_sum::bits)
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
        return now.at;
    }
};

}  // namespace inlay::twin
