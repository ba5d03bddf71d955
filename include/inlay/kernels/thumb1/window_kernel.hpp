// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/channel.hpp>
#include <inlay/kernels/twin/window.hpp>

#include <cstdint>

namespace inlay::twin {

template <>
struct window_kernel<isa::thumb1> {
    /// Writes the words of taps of two pixels, in groups of so many with `Gap` words of both pairs between them; `count` is a
    /// multiple of a group. Per tap 6 instructions.
    template <int Group, int Gap>
    static std::uint32_t* write_taps(std::int8_t const* first, std::int8_t const* second, int count, std::uint32_t* to) {
        first += count;
        second += count;
        int at = -count;
        std::uint32_t word, other;
        asm volatile(
            ".syntax unified\n"
            "1:\n\t"
            ".set inlay_tap, 0\n\t"
            ".rept %c[group]\n\t"
            "ldrsb %[other], [%[second], %[at]]\n\t"
            "ldrsb %[word], [%[first], %[at]]\n\t"
            "lsls %[other], %[other], #16\n\t"
            "adds %[word], %[word], %[other]\n\t"
            "str %[word], [%[to], #inlay_tap * 8]\n\t"
            ".set inlay_tap, inlay_tap + 1\n\t"
            ".if inlay_tap == %c[group]\n\t"
            "adds %[to], %[to], #8 * (%c[group] + %c[gap])\n\t"
            ".endif\n\t"
            "adds %[at], %[at], #1\n\t"
            ".endr\n\t"
            "bne 1b"
            : [first] "+l"(first), [second] "+l"(second), [at] "+l"(at), [to] "+l"(to), [word] "=&l"(word), [other] "=&l"(other)
            : [group] "i"(Group), [gap] "i"(Gap)
            : "cc", "memory");
        return to;
    }

    /// Writes what the chunks of both pairs start with: 32768, less what weights that are 128 too large make too much.
    template <int Chunk>
    static void write_starts(std::uint32_t* to, std::uint32_t const* end) {
        auto const* from = to + 2;
        end += 2;
        asm volatile(
            ".syntax unified\n"
            "1:\n\t"
            "ldmia %[from]!, {r2, r3}\n\t"
            ".rept %c[chunk] - 1\n\t"
            "ldmia %[from]!, {r4, r5}\n\t"
            "adds r2, r2, r4\n\t"
            "adds r3, r3, r5\n\t"
            ".endr\n\t"
            "movs r4, #128\n\t"
            "lsls r4, r4, #8\n\t"
            "lsls r2, r2, #7\n\t"
            "lsls r3, r3, #7\n\t"
            "subs r2, r4, r2\n\t"
            "subs r3, r4, r3\n\t"
            "stmia %[to]!, {r2, r3}\n\t"
            "adds %[to], %[to], #8 * %c[chunk]\n\t"
            "adds %[from], %[from], #8\n\t"
            "cmp %[from], %[end]\n\t"
            "bne 1b"
            : [from] "+l"(from), [to] "+l"(to)
            : [end] "h"(end), [chunk] "i"(Chunk)
            : "r2", "r3", "r4", "r5", "cc", "memory");
    }
};

}  // namespace inlay::twin
