// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/requantise.hpp>
#include <inlay/kernels/twin/units.hpp>

#include <cstdint>

namespace inlay::twin {

/// Fully connected layers on Armv7-M.
template <>
struct unit_kernel<isa::armv7m> {
    static constexpr int most_unrolled = 8;

    /// Adds all inputs to the sums of four units. Per chunk of 8 taps, 32 multiply-accumulates: 50 instructions.
    ///   registers  4 sums, 2 of the chunk, 2 words of weights, 1 input, 1 pair, the mask, 2 pointers: 13
    template <int Chunk, int Step, int First>
    static std::int8_t const* add_inputs(unit_sums& sums, std::int8_t const* weights, std::uint32_t const* inputs, std::uint32_t const* inputs_end) {
        auto const* const end = inputs_end;
        std::int32_t both0 = sums.both[0], both1 = sums.both[1], upper0 = sums.upper[0], upper1 = sums.upper[1];
        asm volatile(
            ".syntax unified\n\t"
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
            "ldr r4, [%[x]], #4\n\t"
            "mov r5, r4\n\t"
            ".rept %c[chunk] / 2\n\t"
            "ldmia.w %[w]!, {r6, r8}\n\t"
            "ldr r9, [%[x]], #4\n\t"
            "and r10, %[mask], r6\n\t"
            "and r6, %[mask], r6, lsr #8\n\t"
            "mla r4, r9, r10, r4\n\t"
            "mla r5, r9, r6, r5\n\t"
            "ldr r9, [%[x]], #4\n\t"
            "and r10, %[mask], r8\n\t"
            "and r8, %[mask], r8, lsr #8\n\t"
            "mla r4, r9, r10, r4\n\t"
            "mla r5, r9, r8, r5\n\t"
            ".endr\n\t"
            "add %[both0], %[both0], r4\n\t"
            "add %[upper0], %[upper0], r4, asr #16\n\t"
            "add %[both1], %[both1], r5\n\t"
            "add %[upper1], %[upper1], r5, asr #16\n\t"
            ".endr\n\t"
            "ldr r4, %[end]\n\t"
            "cmp %[x], r4\n\t"
            "bne 1b"
            : [both0] "+&r"(both0), [both1] "+&r"(both1), [upper0] "+&r"(upper0), [upper1] "+&r"(upper1), [w] "+&r"(weights), [x] "+&r"(inputs)
            : [mask] "r"(0x00ff00ff), [end] "m"(end), [chunk] "i"(Chunk), [step] "i"(Step), [first] "i"(First)
            : "r4", "r5", "r6", "r8", "r9", "r10", "cc", "memory");
        sums = {{both0, both1}, {upper0, upper1}};
        return weights;
    }
};

}  // namespace inlay::twin
