// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/requantise.hpp>
#include <inlay/kernels/twin/units.hpp>

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
        std::int32_t both0 = sums.both[0], both1 = sums.both[1], upper0 = sums.upper[0], upper1 = sums.upper[1];
        auto const* weights = filter;
        auto const* const inputs = begin;
        auto const* const inputs_end = end;
        asm volatile(
            ".syntax unified\n\t"
            "ldr r2, %[both0]\n\t"
            "ldr r3, %[both1]\n\t"
            "ldr r4, %[upper0]\n\t"
            "ldr r5, %[upper1]\n\t"
            "ldr r0, %[inputs]\n\t"
            "ldr r1, %[weights]\n\t"
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
            "ldr r2, %[inputs_end]\n\t"
            "cmp r0, r2\n\t"
            "beq 2f\n\t"
            "b 1b\n"
            "2:\n\t"
            "mov r2, r8\n\t"
            "mov r3, r9\n\t"
            "mov r4, r10\n\t"
            "mov r5, r11\n\t"
            "str r1, %[weights]\n\t"
            "str r2, %[both0]\n\t"
            "str r3, %[both1]\n\t"
            "str r4, %[upper0]\n\t"
            "str r5, %[upper1]"
            // g++ takes each line for one instruction, and must not think that its own branches reach over all this.
            "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
            : [both0] "+m"(both0), [both1] "+m"(both1), [upper0] "+m"(upper0), [upper1] "+m"(upper1), [weights] "+m"(weights)
            : [inputs] "m"(inputs), [inputs_end] "m"(inputs_end), [chunk] "i"(Chunk)
            : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
        sums = {{both0, both1}, {upper0, upper1}};
        return weights;
    }
};

}  // namespace inlay::twin
