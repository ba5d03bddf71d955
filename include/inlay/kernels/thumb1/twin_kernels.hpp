// SPDX-License-Identifier: MIT
//
// The inner part of the convolutions on Armv6-M: one channel of four pixels.
//
//   tile       4 pixels x 1 channel: 4 sums in high registers, where ADD reaches them; 2 sums of a chunk, 2 words of inputs,
//              1 weight, 2 pointers in low ones
//   weights    plus 128, as LDRB takes an immediate offset and LDRSB takes none. A chunk starts at 32768 less 128 times the sum of
//              its inputs, which is computed once for all channels
//   per chunk  of 4 taps, 16 multiply-accumulates: 5 LDM, 4 LDRB, 8 MULS, 8 ADDS, and 6: 31 instructions, 1.94 each; of 8 taps 1.72
#pragma once

#include <inlay/kernels/thumb1/channel.hpp>
#include <inlay/kernels/twin/blocks.hpp>
#include <inlay/kernels/twin/planes.hpp>
#include <inlay/kernels/twin/units.hpp>

#include <cstdint>

namespace inlay::twin {

template <>
struct kernels<isa::thumb1> {
    static constexpr int taps_at_speed = 16;
    /// A conditional branch reaches 256 bytes back.
    static constexpr int most_unrolled = 6;
    static constexpr int most_unrolled_units = 1;

    /// Of the loop's `Step` chunks the first round makes the last `First`, or all if `First` is 0.
    ///
    /// One statement, because no compiler gives sums to the high registers, or loads two words at once.
    template <int Chunk, int Step, int First>
    [[gnu::always_inline]] static inline std::int8_t const* add_taps(block_sums& sums, std::int8_t const* weights, std::uint32_t const* inputs, std::uint32_t const* inputs_end) {
        std::int32_t both0 = sums.both[0], both1 = sums.both[1], upper0 = sums.upper[0], upper1 = sums.upper[1];
        if constexpr (First != 0) weights -= (Step - First) * Chunk;
        asm volatile(
            ".syntax unified\n\t"
            ".if %c[first]\n\t"
            "b 2f\n\t"
            ".endif\n"
            "1:\n\t"
            ".set inlay_tap, 0\n\t"
            ".rept %c[step]\n\t"
            ".if %c[first] && inlay_tap == (%c[step] - %c[first]) * %c[chunk]\n"
            "2:\n\t"
            ".endif\n\t"
            "ldmia %[x]!, {r5, r6}\n\t"
            ".rept %c[chunk]\n\t"
            "ldmia %[x]!, {r2, r3}\n\t"
            "ldrb r4, [%[w], #inlay_tap]\n\t"
            ".set inlay_tap, inlay_tap + 1\n\t"
            "muls r2, r4, r2\n\t"
            "muls r3, r4, r3\n\t"
            "adds r5, r5, r2\n\t"
            "adds r6, r6, r3\n\t"
            ".endr\n\t"
            "add %[both0], r5\n\t"
            "add %[both1], r6\n\t"
            "asrs r5, r5, #16\n\t"
            "asrs r6, r6, #16\n\t"
            "add %[upper0], r5\n\t"
            "add %[upper1], r6\n\t"
            ".endr\n\t"
            "adds %[w], %[w], #%c[step] * %c[chunk]\n\t"
            "cmp %[x], %[end]\n\t"
            "bne 1b"
            // g++ takes each line for one instruction, and must not think that its own branches reach over all this.
            "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
            : [both0] "+h"(both0), [both1] "+h"(both1), [upper0] "+h"(upper0), [upper1] "+h"(upper1), [w] "+l"(weights), [x] "+l"(inputs)
            : [end] "h"(inputs_end), [chunk] "i"(Chunk), [step] "i"(Step), [first] "i"(First)
            : "r2", "r3", "r4", "r5", "r6", "cc", "memory");
        sums = {{both0, both1}, {upper0, upper1}};
        return weights;
    }

    /// Taps that were split off their chunks; `inputs` are the words of a block.
    [[gnu::always_inline]] static inline void add_extras(block_sums& sums, extra_tap const* extra, extra_tap const* end, std::uint32_t const* inputs) {
        std::int32_t both0 = sums.both[0], both1 = sums.both[1], upper0 = sums.upper[0], upper1 = sums.upper[1];
        asm volatile(
            ".syntax unified\n"
            "1:\n\t"
            "ldrh r3, [%[extra], #0]\n\t"
            "ldrh r2, [%[extra], #2]\n\t"
            "lsls r3, r3, #2\n\t"
            "sxth r2, r2\n\t"
            "adds r3, r3, %[x]\n\t"
            "ldmia r3!, {r4, r5}\n\t"
            "movs r3, #128\n\t"
            "lsls r3, r3, #8\n\t"
            "muls r4, r2, r4\n\t"
            "muls r5, r2, r5\n\t"
            "add %[both0], r4\n\t"
            "add %[both1], r5\n\t"
            "adds r4, r4, r3\n\t"
            "adds r5, r5, r3\n\t"
            "asrs r4, r4, #16\n\t"
            "asrs r5, r5, #16\n\t"
            "add %[upper0], r4\n\t"
            "add %[upper1], r5\n\t"
            "adds %[extra], %[extra], #4\n\t"
            "cmp %[extra], %[end]\n\t"
            "bne 1b"
            : [both0] "+h"(both0), [both1] "+h"(both1), [upper0] "+h"(upper0), [upper1] "+h"(upper1), [extra] "+l"(extra)
            : [end] "h"(end), [x] "l"(inputs)
            : "r2", "r3", "r4", "r5", "cc", "memory");
        sums = {{both0, both1}, {upper0, upper1}};
    }

    /// One statement for what is usual, as no compiler finds registers for it.
    template <class Finishing>
    [[gnu::always_inline]] static inline void finish_block(channel<isa::thumb1> const& by, block_sums const& sums, int lowest, int highest,
                                                           std::int8_t* out, block_offsets const& to) {
        if constexpr (Finishing::full_range) {
            if (by.range != 0) return finish_fitted<Finishing>(by, sums, out, to);
        }
        store_block(requantiser<Finishing>{by, lowest, highest}, sums, out, to);
    }

    template <class Finishing>
    [[gnu::always_inline]] static inline void finish_fitted(channel<isa::thumb1> const& by, block_sums const& sums, std::int8_t* out, block_offsets const& to) {
        std::uint32_t nudge;
        if constexpr (Finishing::away_from_zero) nudge = by.nudge();
        asm volatile(
            ".syntax unified\n\t"
            "ldr r2, [%[by], #8]\n\t"
            "ldr r3, [%[by], #4]\n\t"
            "ldr r5, [%[by], #12]\n\t"
            "lsrs r4, r2, #12\n\t"
            "lsls r2, r2, #20\n\t"
            "mov r12, r5\n\t"
            "lsrs r2, r2, #20\n\t"
            ".set inlay_pixel, 4\n\t"
            ".rept 4\n\t"
            ".set inlay_pixel, inlay_pixel - 1\n\t"
            ".if inlay_pixel == 3\n\t"
            "mov r5, %[upper1]\n\t"
            ".elseif inlay_pixel == 2\n\t"
            "mov r6, %[upper1]\n\t"
            "mov r5, %[both1]\n\t"
            "lsls r6, r6, #16\n\t"
            "subs r5, r5, r6\n\t"
            ".elseif inlay_pixel == 1\n\t"
            "mov r5, %[upper0]\n\t"
            ".else\n\t"
            "mov r6, %[upper0]\n\t"
            "mov r5, %[both0]\n\t"
            "lsls r6, r6, #16\n\t"
            "subs r5, r5, r6\n\t"
            ".endif\n\t"
            "cmp r5, r3\n\t"
            "bhs 1f\n\t"
            ".if %c[away]\n\t"
            "ldr r3, [%[by], #16]\n\t"
            "mov r6, r12\n\t"
            "cmp r5, r3\n\t"
            "bge 3f\n\t"
            "ldr r3, %[nudge]\n\t"
            "subs r6, r6, r3\n"
            "3:\n\t"
            "movs r3, r5\n\t"
            "muls r3, r4, r3\n\t"
            "muls r5, r2, r5\n\t"
            "lsrs r5, r5, #12\n\t"
            "adds r6, r6, r3\n\t"
            "adds r5, r5, r6\n\t"
            "ldr r3, [%[by], #4]\n\t"
            ".else\n\t"
            "movs r6, r5\n\t"
            "muls r6, r4, r6\n\t"
            "muls r5, r2, r5\n\t"
            "lsrs r5, r5, #12\n\t"
            "adds r5, r5, r6\n\t"
            "add r5, r12\n\t"
            ".endif\n\t"
            "lsrs r5, r5, #24\n\t"
            "b 2f\n"
            "1:\n\t"
            "asrs r5, r5, #31\n\t"
            "movs r6, #127\n\t"
            "eors r5, r5, r6\n"
            "2:\n\t"
            ".if inlay_pixel == 3\n\t"
            "ldr r6, %[fourth]\n\t"
            "strb r5, [%[to], r6]\n\t"
            ".elseif inlay_pixel == 2\n\t"
            "ldr r6, %[third]\n\t"
            "strb r5, [%[to], r6]\n\t"
            ".elseif inlay_pixel == 1\n\t"
            "ldr r6, %[second]\n\t"
            "strb r5, [%[to], r6]\n\t"
            ".else\n\t"
            "strb r5, [%[to]]\n\t"
            ".endif\n\t"
            ".endr"
            :
            : [both0] "h"(sums.both[0]), [both1] "h"(sums.both[1]), [upper0] "h"(sums.upper[0]), [upper1] "h"(sums.upper[1]), [by] "l"(&by),
              [to] "l"(out), [second] "m"(to.second), [third] "m"(to.third), [fourth] "m"(to.fourth), [nudge] "m"(*(Finishing::away_from_zero ? &nudge : &by.range)),
              [away] "i"(Finishing::away_from_zero)
            : "r2", "r3", "r4", "r5", "r6", "r12", "cc", "memory");
    }

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

    /// a * m / 2^32, rounded half up, in products of 16 bits; m is not negative.
    struct factor {
        std::uint32_t low;
        std::uint32_t high;

        explicit factor(std::int32_t m) : low{static_cast<std::uint32_t>(m) & 0xffff}, high{static_cast<std::uint32_t>(m) >> 16} {}

        std::int32_t operator()(std::int32_t a) const {
            auto const a_low = static_cast<std::uint32_t>(a) & 0xffff;
            std::int32_t const a_high = a >> 16;
            std::int32_t const middle = a_high * static_cast<std::int32_t>(low) + static_cast<std::int32_t>(a_low * low >> 16);
            auto const carry = (static_cast<std::uint32_t>(middle) & 0xffff) + a_low * high + 0x8000;
            return a_high * static_cast<std::int32_t>(high) + (middle >> 16) + static_cast<std::int32_t>(carry >> 16);
        }
    };

    template <class Finishing>
    struct requantiser {
        channel<isa::thumb1> const& by;
        std::uint32_t range;
        std::uint32_t slope;
        std::uint32_t fraction;
        std::uint32_t offset;
        int lowest;
        int highest;

        requantiser(channel<isa::thumb1> const& by, int lowest, int highest)
            : by{by}, range{by.range}, slope{by.slope >> 12}, fraction{by.slope << 20 >> 20}, offset{by.offset}, lowest{lowest}, highest{highest} {}

        std::int8_t operator()(std::int32_t u) const {
            auto const above = static_cast<std::uint32_t>(u);
            if (above >= range) {
                if (range == 0) return exactly(by, u, lowest, highest);
                return static_cast<std::int8_t>(u < 0 ? lowest : highest);
            }
            auto at = offset;
            if constexpr (Finishing::away_from_zero) {
                if (u < by.split) at -= by.nudge();
            }
            return static_cast<std::int8_t>((above * slope + (above * fraction >> 12) + at) >> 24);
        }

        [[gnu::noinline]] static std::int8_t exactly(channel<isa::thumb1> const& by, std::int32_t sum, int lowest, int highest) {
            int8_range_kept kept{int8_output{0, lowest, highest}};
            kept.away_from_zero = Finishing::away_from_zero;
            return by.without_fit().finish(sum, kept);
        }
    };
};

}  // namespace inlay::twin
