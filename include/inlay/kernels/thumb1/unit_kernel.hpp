// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/requantise.hpp>
#include <inlay/kernels/twin/units.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::twin {

/// Fully connected layers on Armv6-M.
template <>
struct unit_kernel<isa::thumb1> {
    static constexpr int most_unrolled = 1;

    /// Adds all inputs to the sums of four units, chunk by chunk. Per chunk of 8 taps, 32 multiply-accumulates: 93 instructions.
    ///   registers  r0 inputs, r1 weights, r2 input, r3 r4 weights of two units, r5 r12 sums of the chunk, r6 mask, r8 r9 sums of
    ///              both units of a pair, r10 r11 those of its second
    template <int Chunk, int Step, int First>
    [[gnu::always_inline]] static inline void add_inputs(unit_frame& now) {
        static_assert(Step == 1 && First == 0);
        register unit_frame* at asm("r0") = &now;
        asm volatile(
            ".syntax unified\n\t"
            "push {r7}\n\t"
            "mov r7, r0\n\t"
            "ldmia r0!, {r2, r3, r4, r5}\n\t"
            "ldr r0, [r7, #%c[inputs]]\n\t"
            "ldr r1, [r7, #%c[weights]]\n\t"
            "mov r8, r2\n\t"
            "mov r9, r3\n\t"
            "mov r10, r4\n\t"
            "mov r11, r5\n\t"
            "movs r6, #255\n\t"  // 0x00ff00ff
            "lsls r2, r6, #16\n\t"
            "orrs r6, r6, r2\n"
            "1:\n\t"
            "ldmia r0!, {r5}\n\t"
            "mov r12, r5\n\t"
            ".rept %c[chunk]\n\t"
            "ldmia r0!, {r2}\n\t"
            "ldmia r1!, {r3}\n\t"
            "movs r4, r3\n\t"
            "ands r4, r4, r6\n\t"
            "lsrs r3, r3, #8\n\t"
            "ands r3, r3, r6\n\t"
            "muls r4, r2, r4\n\t"
            "muls r3, r2, r3\n\t"
            "add r12, r4\n\t"
            "adds r5, r5, r3\n\t"
            ".endr\n\t"
            "mov r2, r12\n\t"
            "add r8, r2\n\t"
            "add r9, r5\n\t"
            "asrs r2, r2, #16\n\t"
            "asrs r5, r5, #16\n\t"
            "add r10, r2\n\t"
            "add r11, r5\n\t"
            "ldr r2, [r7, #%c[inputs_end]]\n\t"
            "cmp r0, r2\n\t"
            "beq 2f\n\t"
            "b 1b\n"
            "2:\n\t"
            "mov r2, r8\n\t"
            "mov r3, r9\n\t"
            "mov r4, r10\n\t"
            "mov r5, r11\n\t"
            "str r1, [r7, #%c[weights]]\n\t"
            "stmia r7!, {r2, r3, r4, r5}\n\t"
            "pop {r7}"
            // g++ takes each line for one instruction, and must not think that its own branches reach over all this.
            "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
            : "+r"(at)
            : [weights] "i"(offsetof(unit_frame, weights)), [inputs] "i"(offsetof(unit_frame, inputs)), [inputs_end] "i"(offsetof(unit_frame, inputs_end)),
              [chunk] "i"(Chunk)
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
    }
};

}  // namespace inlay::twin
