// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/requantise.hpp>
#include <inlay/kernels/twin/planes.hpp>

#include <cstdint>

namespace inlay::twin {

/// Depthwise convolution on Armv6-M.
template <>
struct plane_kernel<isa::thumb1> {
    /// Adds the first column of a window to the sums of two pixels.
    static void add_column(std::int32_t& both, std::int32_t& upper, std::uint32_t const* x, std::int32_t const* w) { add_columns<1>(both, upper, x, w); }

    /// Adds a window of nine words: 36 instructions for 18 multiply-accumulates.
    static void add_window(std::int32_t& both, std::int32_t& upper, std::uint32_t const* x, std::int32_t const* w) { add_columns<3>(both, upper, x, w); }

    template <int Columns>
    static void add_columns(std::int32_t& both, std::int32_t& upper, std::uint32_t const* x, std::int32_t const* w) {
        std::int32_t both_sum = both, upper_sum = upper;
        asm volatile(
            ".syntax unified\n\t"
            ".rept %c[columns]\n\t"
            "ldmia %[x]!, {r2, r3, r4}\n\t"
            "ldmia %[w]!, {r5, r6}\n\t"
            "muls r2, r5, r2\n\t"
            "muls r3, r6, r3\n\t"
            "ldmia %[w]!, {r5}\n\t"
            "adds r2, r2, r3\n\t"
            "muls r4, r5, r4\n\t"
            "adds r2, r2, r4\n\t"
            "add r2, %[c]\n\t"
            "add %[both], r2\n\t"
            "asrs r2, r2, #16\n\t"
            "add %[upper], r2\n\t"
            ".endr"
            // g++ takes each line for one instruction, and must not think that its own branches reach over all this.
            "\n\n\n\n\n\n\n\n"
            : [both] "+h"(both_sum), [upper] "+h"(upper_sum), [x] "+l"(x), [w] "+l"(w)
            : [c] "h"(32768), [columns] "i"(Columns)
            : "r2", "r3", "r4", "r5", "r6", "cc", "memory");
        both = both_sum;
        upper = upper_sum;
    }

    /// The words of columns: 18 instructions for those of three rows, 20 where the rows of a pair are two apart.
    template <int Stride>
    static void write_columns(std::int8_t const* const* rows, int channel, int channels, int count, std::uint32_t* to) {
        std::uint32_t const* const end = to + count * column_taps;
        int at = channel;
        asm volatile(
            ".syntax unified\n"
            "1:\n\t"
            "mov r2, %[row0]\n\t"
            "mov r3, %[row1]\n\t"
            "mov r4, %[row2]\n\t"
            "ldrsb r2, [r2, %[at]]\n\t"
            "ldrsb r3, [r3, %[at]]\n\t"
            "ldrsb r4, [r4, %[at]]\n\t"
            ".if %c[stride] == 1\n\t"
            "lsls r5, r3, #16\n\t"
            "adds r2, r2, r5\n\t"
            "lsls r5, r4, #16\n\t"
            "adds r3, r3, r5\n\t"
            "mov r5, %[row3]\n\t"
            "ldrsb r5, [r5, %[at]]\n\t"
            ".else\n\t"
            "lsls r5, r4, #16\n\t"
            "adds r2, r2, r5\n\t"
            "mov r5, %[row3]\n\t"
            "ldrsb r5, [r5, %[at]]\n\t"
            "lsls r5, r5, #16\n\t"
            "adds r3, r3, r5\n\t"
            "ldr r5, %[row4]\n\t"
            "ldrsb r5, [r5, %[at]]\n\t"
            ".endif\n\t"
            "lsls r5, r5, #16\n\t"
            "adds r4, r4, r5\n\t"
            "stmia %[to]!, {r2, r3, r4}\n\t"
            "add %[at], %[channels]\n\t"
            "cmp %[to], %[end]\n\t"
            "bne 1b"
            : [to] "+l"(to), [at] "+l"(at)
            : [row0] "h"(rows[0]), [row1] "h"(rows[1]), [row2] "h"(rows[2]), [row3] "h"(rows[3]), [row4] "m"(rows[2 + Stride]), [channels] "l"(channels),
              [end] "h"(end), [stride] "i"(Stride)
            : "r2", "r3", "r4", "r5", "cc", "memory");
    }

    /// Two rows of results of one channel.
    template <class Finishing, int Stride, int Extras>
    [[gnu::always_inline]] static inline void make_row_pair(plane_row<isa::thumb1> const& row, channel<isa::thumb1> const& by, std::uint32_t const* columns,
                                                            std::int8_t* upper, std::int8_t* lower, int const (&apart)[3]) {
        if constexpr (Finishing::full_range) {
            if (by.range != 0) return make_fitted_rows<Finishing, Stride, Extras>(row, by, columns, upper, lower, apart);
        }
        twin::make_row_pair<isa::thumb1, Finishing, Stride, Extras>(row, by, columns, upper, lower, apart);
    }

    /// The same for a channel with a step function, in one statement: windows by way of low registers, everything else in high
    /// ones and on the stack.
    template <class Finishing, int Stride, int Extras>
    [[gnu::always_inline]] static inline void make_fitted_rows(plane_row<isa::thumb1> const& row, channel<isa::thumb1> const& by,
                                                               std::uint32_t const* columns, std::int8_t* upper, std::int8_t* lower,
                                                               int const (&apart)[3]) {
        std::uint32_t const* const end = columns + row.words;
        auto const range = by.range;
        auto const offset = by.offset;
        auto const split = by.split;
        asm volatile(
            ".syntax unified\n\t"
            "ldr r0, %[columns]\n\t"
            "ldr r1, %[both]\n\t"
            "ldr r2, %[second]\n\t"
            "movs r3, #128\n\t"
            "lsls r3, r3, #8\n\t"
            "mov r8, r0\n\t"
            "mov r11, r1\n\t"
            "mov r12, r2\n\t"
            "mov lr, r3\n"
            "1:\n\t"
            "mov r9, r11\n\t"
            "mov r10, r12\n\t"
            "mov r0, r8\n\t"
            "ldr r1, %[weights]\n\t"
            ".rept 3\n\t"
            "ldmia r0!, {r2, r3, r4}\n\t"
            "ldmia r1!, {r5, r6}\n\t"
            "muls r2, r5, r2\n\t"
            "muls r3, r6, r3\n\t"
            "ldmia r1!, {r5}\n\t"
            "adds r2, r2, r3\n\t"
            "muls r4, r5, r4\n\t"
            "adds r2, r2, r4\n\t"
            "add r2, lr\n\t"
            "add r9, r2\n\t"
            "asrs r2, r2, #16\n\t"
            "add r10, r2\n\t"
            ".endr\n\t"
            ".set inlay_extra, 0\n\t"
            ".rept %c[extras]\n\t"
            ".if inlay_extra == 0\n\t"
            "ldr r2, %[apart0]\n\t"
            ".elseif inlay_extra == 1\n\t"
            "ldr r2, %[apart1]\n\t"
            ".else\n\t"
            "ldr r2, %[apart2]\n\t"
            ".endif\n\t"
            ".set inlay_extra, inlay_extra + 1\n\t"
            "mov r0, r8\n\t"
            "lsls r2, r2, #2\n\t"
            "adds r0, r0, r2\n\t"
            "ldmia r0!, {r2, r3, r4}\n\t"
            "ldmia r1!, {r5, r6}\n\t"
            "muls r2, r5, r2\n\t"
            "muls r3, r6, r3\n\t"
            "ldmia r1!, {r5}\n\t"
            "adds r2, r2, r3\n\t"
            "muls r4, r5, r4\n\t"
            "adds r2, r2, r4\n\t"
            "add r2, lr\n\t"
            "add r9, r2\n\t"
            "asrs r2, r2, #16\n\t"
            "add r10, r2\n\t"
            ".endr\n\t"
            "mov r2, r10\n\t"
            "ldr r3, %[range]\n\t"
            "ldr r4, %[slope]\n\t"
            "ldr r5, %[fraction]\n\t"
            "ldr r6, %[offset]\n\t"
            "cmp r2, r3\n\t"
            "bhs 2f\n\t"
            ".if %c[away]\n\t"
            "ldr r1, %[split]\n\t"
            "ldr r6, %[offset]\n\t"
            "cmp r2, r1\n\t"
            "bge 6f\n\t"
            "ldr r1, %[nudge]\n\t"
            "subs r6, r6, r1\n"
            "6:\n\t"
            ".endif\n\t"
            "movs r0, r2\n\t"
            "muls r0, r4, r0\n\t"
            "muls r2, r5, r2\n\t"
            "lsrs r2, r2, #12\n\t"
            "adds r0, r0, r6\n\t"
            "adds r2, r2, r0\n\t"
            "lsrs r2, r2, #24\n"
            "3:\n\t"
            "ldr r0, %[lower]\n\t"
            "ldr r1, %[channels]\n\t"
            "strb r2, [r0]\n\t"
            "adds r0, r0, r1\n\t"
            "str r0, %[lower]\n\t"
            "mov r2, r9\n\t"
            "mov r0, r10\n\t"
            "lsls r0, r0, #16\n\t"
            "subs r2, r2, r0\n\t"
            "cmp r2, r3\n\t"
            "bhs 4f\n\t"
            ".if %c[away]\n\t"
            "ldr r1, %[split]\n\t"
            "ldr r6, %[offset]\n\t"
            "cmp r2, r1\n\t"
            "bge 6f\n\t"
            "ldr r1, %[nudge]\n\t"
            "subs r6, r6, r1\n"
            "6:\n\t"
            ".endif\n\t"
            "movs r0, r2\n\t"
            "muls r0, r4, r0\n\t"
            "muls r2, r5, r2\n\t"
            "lsrs r2, r2, #12\n\t"
            "adds r0, r0, r6\n\t"
            "adds r2, r2, r0\n\t"
            "lsrs r2, r2, #24\n"
            "5:\n\t"
            "ldr r0, %[upper]\n\t"
            ".if %c[away]\n\t"
            "ldr r1, %[channels]\n\t"
            ".endif\n\t"
            "strb r2, [r0]\n\t"
            "adds r0, r0, r1\n\t"
            "str r0, %[upper]\n\t"
            "movs r0, #%c[step]\n\t"
            "add r8, r0\n\t"
            "ldr r0, %[end]\n\t"
            "cmp r8, r0\n\t"
            "beq 9f\n\t"
            "b 1b\n"
            "2:\n\t"
            "asrs r2, r2, #31\n\t"
            "movs r0, #127\n\t"
            "eors r2, r2, r0\n\t"
            "b 3b\n"
            "4:\n\t"
            "asrs r2, r2, #31\n\t"
            "movs r0, #127\n\t"
            "eors r2, r2, r0\n\t"
            "b 5b\n"
            "9:"
            : [upper] "+m"(upper), [lower] "+m"(lower)
            : [columns] "m"(columns), [end] "m"(end), [both] "m"(row.both_start), [second] "m"(row.upper_start), [weights] "m"(row.weights),
              [channels] "m"(row.channels), [slope] "m"(row.constants.slope), [fraction] "m"(row.constants.fraction), [nudge] "m"(row.constants.nudge),
              [range] "m"(range), [offset] "m"(offset), [split] "m"(split), [apart0] "m"(apart[0]), [apart1] "m"(apart[1]), [apart2] "m"(apart[2]),
              [extras] "i"(Extras), [step] "i"(Stride * column_taps * 4), [away] "i"(Finishing::away_from_zero)
            : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
    }
};

}  // namespace inlay::twin
