// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/channel.hpp>
#include <inlay/kernels/twin/window.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::twin {

template <>
struct window_kernel<isa::thumb1> {
    /// Writes the words of taps of two pixels in whole chunks. Per tap 6 instructions, and 2 per chunk.
    template <int Chunk>
    static std::uint32_t* write_chunks(std::int8_t const* first, std::int8_t const* second, int count, std::uint32_t* to) {
        first += count;
        second += count;
        int at = -count;
        std::uint32_t word, other;
        asm volatile(
            ".syntax unified\n"
            "1:\n\t"
            ".set inlay_tap, 0\n\t"
            ".rept %c[chunk]\n\t"
            "ldrsb %[other], [%[second], %[at]]\n\t"
            "ldrsb %[word], [%[first], %[at]]\n\t"
            "lsls %[other], %[other], #16\n\t"
            "adds %[word], %[word], %[other]\n\t"
            "str %[word], [%[to], #inlay_tap * 8]\n\t"
            ".set inlay_tap, inlay_tap + 1\n\t"
            ".if inlay_tap == %c[chunk]\n\t"
            "adds %[to], %[to], #8 * (%c[chunk] + 1)\n\t"
            ".endif\n\t"
            "adds %[at], %[at], #1\n\t"
            ".endr\n\t"
            "bne 1b"
            : [first] "+l"(first), [second] "+l"(second), [at] "+l"(at), [to] "+l"(to), [word] "=&l"(word), [other] "=&l"(other)
            : [chunk] "i"(Chunk)
            : "cc", "memory");
        return to;
    }

    /// Writes `count` taps of each of `rows` rows, which lie `step` bytes apart, from within a chunk of which `rest` are missing.
    /// Per tap 10 instructions.
    template <int Chunk>
    static std::uint32_t* write_rows(std::int8_t const* first, std::int8_t const* second, int count, int rows, int step, std::uint32_t* to, int& rest) {
        struct frame {
            std::uint32_t* next;
            int missing;
            std::int8_t const* first;
            std::int8_t const* second;
            int start;
            int rows;
            int step;
        } now{to, rest, first + count, second + count, -count, rows, step};
        register frame* at asm("r0") = &now;
        asm volatile(
            ".syntax unified\n\t"
            "push {r7}\n\t"
            "mov r7, r0\n\t"
            "ldr r4, [r7, #%c[step]]\n\t"
            "mov r8, r4\n\t"
            "ldr r4, [r7, #%c[rows]]\n\t"
            "mov r9, r4\n\t"
            "ldr r4, [r7, #%c[start]]\n\t"
            "mov r10, r4\n\t"
            "ldr r0, [r7, #%c[first]]\n\t"
            "ldr r1, [r7, #%c[second]]\n\t"
            "ldr r3, [r7, #%c[next]]\n\t"
            "ldr r6, [r7, #%c[missing]]\n"
            "1:\n\t"
            "mov r2, r10\n"
            "2:\n\t"
            "ldrsb r5, [r1, r2]\n\t"
            "ldrsb r4, [r0, r2]\n\t"
            "lsls r5, r5, #16\n\t"
            "adds r4, r4, r5\n\t"
            "str r4, [r3]\n\t"
            "adds r3, r3, #8\n\t"
            "subs r6, r6, #1\n\t"
            "bne 3f\n\t"
            "adds r3, r3, #8\n\t"
            "movs r6, #%c[chunk]\n"
            "3:\n\t"
            "adds r2, r2, #1\n\t"
            "bne 2b\n\t"
            "add r0, r8\n\t"
            "add r1, r8\n\t"
            "mov r4, r9\n\t"
            "subs r4, r4, #1\n\t"
            "mov r9, r4\n\t"
            "bne 1b\n\t"
            "str r3, [r7, #%c[next]]\n\t"
            "str r6, [r7, #%c[missing]]\n\t"
            "pop {r7}"
            : "+r"(at)
            : [next] "i"(offsetof(frame, next)), [missing] "i"(offsetof(frame, missing)), [first] "i"(offsetof(frame, first)),
              [second] "i"(offsetof(frame, second)), [start] "i"(offsetof(frame, start)), [rows] "i"(offsetof(frame, rows)),
              [step] "i"(offsetof(frame, step)), [chunk] "i"(Chunk)
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "cc", "memory");
        rest = now.missing;
        return now.next;
    }

    /// Writes what the chunks of both pairs start with: 32768, less what weights that are 128 too large make too much.
    template <int Chunk>
    static void write_starts(std::uint32_t* to, std::uint32_t const* end) {
        auto const* from = to + 2;
        asm volatile(
            ".syntax unified\n\t"
            "mov r8, %[end]\n"
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
            "cmp %[from], r8\n\t"
            "bne 1b"
            : [from] "+&l"(from), [to] "+&l"(to)
            : [end] "l"(end + 2), [chunk] "i"(Chunk)
            : "r2", "r3", "r4", "r5", "r8", "cc", "memory");
    }
};

}  // namespace inlay::twin
