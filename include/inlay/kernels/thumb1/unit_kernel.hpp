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
    template <int Chunk, int Step, int First>
    [[gnu::always_inline]] static inline std::int8_t const* add_inputs(unit_sums& sums, std::int8_t const* weights, std::uint32_t const* inputs,
                                                                      std::uint32_t const* const& inputs_end) {
        static_assert(Step == 1 && First == 0);
        std::int32_t both0 = sums.both[0], both1 = sums.both[1], upper0 = sums.upper[0], upper1 = sums.upper[1], even;
        asm volatile(
            ".syntax unified\n"
            "1:\n\t"
            "ldmia %[x]!, {r2}\n\t"
            "mov %[even], r2\n\t"
            "movs r5, r2\n\t"
            ".rept %c[chunk]\n\t"
            "ldmia %[x]!, {r2}\n\t"
            "ldmia %[w]!, {r3}\n\t"
            "movs r4, r3\n\t"
            "ands r4, r4, %[mask]\n\t"
            "lsrs r3, r3, #8\n\t"
            "ands r3, r3, %[mask]\n\t"
            "muls r4, r2, r4\n\t"
            "muls r3, r2, r3\n\t"
            "add %[even], r4\n\t"
            "adds r5, r5, r3\n\t"
            ".endr\n\t"
            "mov r2, %[even]\n\t"
            "add %[both0], r2\n\t"
            "add %[both1], r5\n\t"
            "asrs r2, r2, #16\n\t"
            "asrs r5, r5, #16\n\t"
            "add %[upper0], r2\n\t"
            "add %[upper1], r5\n\t"
            "ldr r2, %[end]\n\t"
            "cmp %[x], r2\n\t"
            "beq 2f\n\t"
            "b 1b\n"
            "2:"
            // g++ takes each line for one instruction, and must not think that its own branches reach over all this.
            "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
            : [both0] "+h"(both0), [both1] "+h"(both1), [upper0] "+h"(upper0), [upper1] "+h"(upper1), [even] "=&h"(even), [w] "+l"(weights), [x] "+l"(inputs)
            : [mask] "l"(0x00ff00ff), [end] "m"(inputs_end), [chunk] "i"(Chunk)
            : "r2", "r3", "r4", "r5", "cc", "memory");
        sums = {{both0, both1}, {upper0, upper1}};
        return weights;
    }
};

}  // namespace inlay::twin
