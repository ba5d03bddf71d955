// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/requantise.hpp>
#include <inlay/kernels/twin/units.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::twin {

/// Fully connected layers on Armv7-M.
template <>
struct unit_kernel<isa::armv7m> {
    static constexpr int most_unrolled = 8;

    /// Adds all inputs to the sums of four units. Per chunk of 8 taps, 32 multiply-accumulates: 50 instructions.
    ///   registers  r0 inputs, r1 weights, r2 r3 sums of both units of a pair, r11 r12 those of its second, r4 r5 sums of the chunk,
    ///              r6 r8 weights of four units at two taps, r9 input, r10 weights of a pair, lr mask
    template <int Chunk, int Step, int First>
    [[gnu::always_inline]] static inline void add_inputs(unit_frame& now) {
        register unit_frame* at asm("r0") = &now;
        asm volatile(
            ".syntax unified\n\t"
            "push {r7}\n\t"
            "mov r7, r0\n\t"
            "ldmia.w r7, {r2, r3, r11, r12}\n\t"
            "ldr r1, [r7, #%c[weights]]\n\t"
            "ldr r0, [r7, #%c[inputs]]\n\t"
            "mov lr, #0x00ff00ff\n\t"
            ".if %c[first]\n\t"
            "b 2f\n\t"
            ".endif\n"
            "1:\n\t"
            ".set inlay_chunk, 0\n\t"
            ".rept %c[step]\n\t"
            ".if %c[first] && inlay_chunk == %c[step] - %c[first]\n"
            "2:\n\t"
            ".endif\n\t"
            ".set inlay_chunk, inlay_chunk + 1\n\t"
            "ldr r4, [r0], #4\n\t"
            "mov r5, r4\n\t"
            ".rept %c[chunk] / 2\n\t"
            "ldmia.w r1!, {r6, r8}\n\t"
            "ldr r9, [r0], #4\n\t"
            "and r10, lr, r6\n\t"
            "and r6, lr, r6, lsr #8\n\t"
            "mla r4, r9, r10, r4\n\t"
            "mla r5, r9, r6, r5\n\t"
            "ldr r9, [r0], #4\n\t"
            "and r10, lr, r8\n\t"
            "and r8, lr, r8, lsr #8\n\t"
            "mla r4, r9, r10, r4\n\t"
            "mla r5, r9, r8, r5\n\t"
            ".endr\n\t"
            "add r2, r2, r4\n\t"
            "add r11, r11, r4, asr #16\n\t"
            "add r3, r3, r5\n\t"
            "add r12, r12, r5, asr #16\n\t"
            ".endr\n\t"
            "ldr r4, [r7, #%c[inputs_end]]\n\t"
            "cmp r0, r4\n\t"
            "bne 1b\n\t"
            "stmia.w r7, {r2, r3, r11, r12}\n\t"
            "str r1, [r7, #%c[weights]]\n\t"
            "pop {r7}"
            : "+r"(at)
            : [weights] "i"(offsetof(unit_frame, weights)), [inputs] "i"(offsetof(unit_frame, inputs)), [inputs_end] "i"(offsetof(unit_frame, inputs_end)),
              [chunk] "i"(Chunk), [step] "i"(Step), [first] "i"(First)
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
    }
};

}  // namespace inlay::twin
