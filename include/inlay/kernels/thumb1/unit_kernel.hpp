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
    static std::int8_t const* add_inputs(unit_sums& sums, std::int8_t const* filter, std::uint32_t const* begin, std::uint32_t const* end) {
        static_assert(Step == 1 && First == 0);
        struct frame {
            std::int32_t both0, both1, upper0, upper1;
            std::int8_t const* weights;
            std::uint32_t const* inputs;
            std::uint32_t const* inputs_end;
        } now{sums.both[0], sums.both[1], sums.upper[0], sums.upper[1], filter, begin, end};
        register frame* at asm("r0") = &now;
        asm volatile(
            ".syntax unified\n\t"
            "push {r7}\n\t"
            "mov r7, r0\n\t"
            "ldr r2, [r7, #%c[both0]]\n\t"
            "ldr r3, [r7, #%c[both1]]\n\t"
            "ldr r4, [r7, #%c[upper0]]\n\t"
            "ldr r5, [r7, #%c[upper1]]\n\t"
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
            "str r2, [r7, #%c[both0]]\n\t"
            "str r3, [r7, #%c[both1]]\n\t"
            "str r4, [r7, #%c[upper0]]\n\t"
            "str r5, [r7, #%c[upper1]]\n\t"
            "pop {r7}"
            // g++ takes each line for one instruction, and must not think that its own branches reach over all this.
            "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
            : "+r"(at)
            : [both0] "i"(offsetof(frame, both0)), [both1] "i"(offsetof(frame, both1)), [upper0] "i"(offsetof(frame, upper0)),
              [upper1] "i"(offsetof(frame, upper1)), [weights] "i"(offsetof(frame, weights)), [inputs] "i"(offsetof(frame, inputs)),
              [inputs_end] "i"(offsetof(frame, inputs_end)), [chunk] "i"(Chunk)
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
        sums = {{now.both0, now.both1}, {now.upper0, now.upper1}};
        return now.weights;
    }
};

}  // namespace inlay::twin
