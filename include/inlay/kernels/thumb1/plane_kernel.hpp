// SPDX-License-Identifier: MIT
//
// The depthwise convolutions on Armv6-M: the rows of a channel, two at a time.
//
//   columns    of two rows of results: 18 instructions, 20 where the rows of a pair are two apart
//   results    two, of nine taps each: 77 instructions, 13 more where negative numbers round away from zero, 15 more for each column
//              that was split off. Windows go by way of low registers, everything else stands in high ones and on the stack
#pragma once

#include <inlay/kernels/thumb1/requantise.hpp>
#include <inlay/kernels/twin/planes.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::twin {

template <>
struct plane_kernel<isa::thumb1> {
    /// One channel of a band, of whose filter `Extras` columns were split off.
    template <class Finishing, int Stride, int Extras>
    [[gnu::noinline]] static void make_band(plane_plan const& plan, row_band<Stride> const& band, channel<isa::thumb1> const& by,
                                            std::int8_t const* filter, extra_column const* extras, int c) {
        kernel_constants<Extras> fetched;
        std::int32_t apart[3] = {};
        spread_weights<Extras, Stride>(filter, extras, fetched.weights, apart);
        if (Finishing::full_range && by.range != 0) {
            make_fitted<Finishing, Stride, Extras>(plan, band, by, fetched, apart, c);
        } else {
            make_exactly<Finishing, Stride>(plan, band, by, fetched.weights, apart, 3 + Extras, c);
        }
    }

private:
    /// What the statement below reads for each window, in this order.
    template <int Extras>
    struct kernel_constants {
        std::int32_t weights[plane_taps + column_taps * Extras];
        std::uint32_t range;
        std::uint32_t slope;
        std::uint32_t fraction;
        std::uint32_t offset;
    };

    /// A channel without a step function.
    template <class Finishing, int Stride>
    [[gnu::noinline]] static void make_exactly(plane_plan const& plan, row_band<Stride> const& band, channel<isa::thumb1> const& by,
                                               std::int32_t const* weights, std::int32_t const (&apart)[3], int chunks, int c) {
        requantiser<isa::thumb1, Finishing> const finish{by, plan.lowest, plan.highest};
        for (int p = 0; p < band.pairs; ++p) {
            auto const* const rows = band.in + p * band.image_rows;
            auto* to = plan.first_column;
            for (int x = 0, at = c; x < plan.inside; ++x, at += plan.channels) {
#pragma GCC unroll 3
                for (int r = 0; r < column_taps; ++r) {
                    *to++ = static_cast<std::uint32_t>(rows[r][at]) + (static_cast<std::uint32_t>(rows[r + Stride][at]) << 16);
                }
            }
            auto const* window = plan.columns;
            for (int x = 0, at = c; x < plan.width; ++x, window += Stride * column_taps, at += plan.channels) {
                auto both = static_cast<std::uint32_t>(both_start(by, chunks));
                std::int32_t upper = by.start;
                for (int column = 0; column < chunks; ++column) {
                    auto const* const words = column < 3 ? window + column * column_taps : window + Stride * column_taps + apart[column - 3] / 4;
                    std::uint32_t sum = 32768;
#pragma GCC unroll 3
                    for (int i = 0; i < column_taps; ++i) sum += words[i] * static_cast<std::uint32_t>(weights[column * column_taps + i]);
                    both += sum;
                    upper += static_cast<std::int32_t>(sum) >> 16;
                }
                band.out[2 * p + 1][at] = finish(upper);
                band.out[2 * p][at] = finish(static_cast<std::int32_t>(both - (static_cast<std::uint32_t>(upper) << 16)));
            }
        }
    }

    /// One statement, as no compiler finds registers for it.
    ///   columns  r0 offset of the channel, r1 columns, r2 to r5 a column, r6 end, r8 to r12 rows, lr channels
    ///   windows  r0 inputs, r1 weights, r2 to r6 a column of both; r8 next window, r9 r10 sums of both rows and of the second,
    ///            r11 r12 what these start with, lr 32768
    ///   results  r0 out, r2 result, r3 range, r4 r5 slope, r6 offset
    template <class Finishing, int Stride, int Extras>
    [[gnu::always_inline]] static inline void make_fitted(plane_plan const& plan, row_band<Stride> const& band, channel<isa::thumb1> const& by,
                                                          kernel_constants<Extras>& fetched, std::int32_t const (&apart)[3], int c) {
        fetched.range = by.range;
        fetched.slope = by.slope >> 12;
        fetched.fraction = by.slope & 4095;
        fetched.offset = by.offset;
        struct frame {
            std::int8_t const* const* rows;
            std::int8_t* const* results;
            int pairs;
            std::int8_t* out;
            int lower;
            std::uint32_t* first_column;
            std::uint32_t const* columns_end;
            std::uint32_t const* windows;
            std::uint32_t const* windows_end;
            kernel_constants<Extras> const* constants;
            std::int32_t both;
            std::int32_t second;
            std::int32_t split;
            std::uint32_t nudge;
            int channels;
            int channel;
            std::int32_t apart0, apart1, apart2;
        } now;  // assigned one by one, as g++ would call memset for a list
        now.rows = band.in;
        now.results = band.out;
        now.pairs = band.pairs;
        now.first_column = plan.first_column;
        now.columns_end = plan.first_column + plan.inside * column_taps;
        now.windows = plan.columns;
        now.windows_end = plan.columns + plan.width * Stride * column_taps;
        now.constants = &fetched;
        now.both = both_start(by, 3 + Extras);
        now.second = by.start;
        now.split = by.split;
        now.nudge = by.nudge();
        now.channels = plan.channels;
        now.channel = c;
        now.apart0 = apart[0];
        now.apart1 = apart[1];
        now.apart2 = apart[2];
        register frame* at asm("r0") = &now;
        asm volatile(
            ".syntax unified\n\t"
            "push {r7}\n\t"
            "mov r7, r0\n"
            "1:\n\t"
            "ldr r6, [r7, #%c[rows]]\n\t"
            "ldmia r6!, {r0, r1, r2, r3}\n\t"
            ".if %c[stride] == 1\n\t"
            "subs r6, r6, #8\n\t"
            ".else\n\t"
            "ldr r4, [r6]\n\t"
            "mov r12, r4\n\t"
            ".endif\n\t"
            "str r6, [r7, #%c[rows]]\n\t"
            "mov r8, r0\n\t"
            "mov r9, r1\n\t"
            "mov r10, r2\n\t"
            "mov r11, r3\n\t"
            "ldr r0, [r7, #%c[channel]]\n\t"
            "ldr r1, [r7, #%c[first_column]]\n\t"
            "ldr r2, [r7, #%c[channels]]\n\t"
            "ldr r6, [r7, #%c[columns_end]]\n\t"
            "mov lr, r2\n"
            "2:\n\t"
            "mov r2, r8\n\t"
            "mov r3, r9\n\t"
            "mov r4, r10\n\t"
            "ldrsb r2, [r2, r0]\n\t"
            "ldrsb r3, [r3, r0]\n\t"
            "ldrsb r4, [r4, r0]\n\t"
            ".if %c[stride] == 1\n\t"
            "lsls r5, r3, #16\n\t"
            "adds r2, r2, r5\n\t"
            "lsls r5, r4, #16\n\t"
            "adds r3, r3, r5\n\t"
            "mov r5, r11\n\t"
            "ldrsb r5, [r5, r0]\n\t"
            ".else\n\t"
            "lsls r5, r4, #16\n\t"
            "adds r2, r2, r5\n\t"
            "mov r5, r11\n\t"
            "ldrsb r5, [r5, r0]\n\t"
            "lsls r5, r5, #16\n\t"
            "adds r3, r3, r5\n\t"
            "mov r5, r12\n\t"
            "ldrsb r5, [r5, r0]\n\t"
            ".endif\n\t"
            "lsls r5, r5, #16\n\t"
            "adds r4, r4, r5\n\t"
            "stmia r1!, {r2, r3, r4}\n\t"
            "add r0, lr\n\t"
            "cmp r1, r6\n\t"
            "bne 2b\n\t"
            "ldr r6, [r7, #%c[results]]\n\t"
            "ldmia r6!, {r2, r3}\n\t"
            "str r6, [r7, #%c[results]]\n\t"
            "subs r3, r3, r2\n\t"
            "str r3, [r7, #%c[lower]]\n\t"
            "ldr r4, [r7, #%c[channel]]\n\t"
            "adds r2, r2, r4\n\t"
            "str r2, [r7, #%c[out]]\n\t"
            "ldr r0, [r7, #%c[windows]]\n\t"
            "ldr r1, [r7, #%c[both]]\n\t"
            "ldr r2, [r7, #%c[second]]\n\t"
            "movs r3, #128\n\t"
            "lsls r3, r3, #8\n\t"
            "mov r8, r0\n\t"
            "mov r11, r1\n\t"
            "mov r12, r2\n\t"
            "mov lr, r3\n"
            "3:\n\t"
            "mov r9, r11\n\t"
            "mov r10, r12\n\t"
            "mov r0, r8\n\t"
            "ldr r1, [r7, #%c[constants]]\n\t"
            ".set inlay_column, 0\n\t"
            ".rept 3 + %c[extras]\n\t"
            ".if inlay_column > 2\n\t"
            ".if inlay_column == 3\n\t"
            "ldr r2, [r7, #%c[apart0]]\n\t"
            ".elseif inlay_column == 4\n\t"
            "ldr r2, [r7, #%c[apart1]]\n\t"
            ".else\n\t"
            "ldr r2, [r7, #%c[apart2]]\n\t"
            ".endif\n\t"
            "mov r0, r8\n\t"
            "adds r0, r0, r2\n\t"
            ".endif\n\t"
            "ldmia r0!, {r2, r3, r4}\n\t"
            ".set inlay_column, inlay_column + 1\n\t"
            ".if inlay_column == %c[stride]\n\t"
            "mov r8, r0\n\t"
            ".endif\n\t"
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
            "ldmia r1!, {r3, r4, r5, r6}\n\t"
            "ldr r0, [r7, #%c[out]]\n\t"
            "mov r2, r10\n\t"
            ".set inlay_row, 2\n\t"
            ".rept 2\n\t"
            ".set inlay_row, inlay_row - 1\n\t"
            "cmp r2, r3\n\t"
            "bhs 5f\n\t"
            "movs r1, r2\n\t"
            "muls r1, r4, r1\n\t"
            "adds r1, r1, r6\n\t"
            ".if %c[away]\n\t"
            "mov r12, r3\n\t"
            "ldr r3, [r7, #%c[split]]\n\t"
            "cmp r2, r3\n\t"
            "bge 4f\n\t"
            "ldr r3, [r7, #%c[nudge]]\n\t"
            "subs r1, r1, r3\n"
            "4:\n\t"
            "mov r3, r12\n\t"
            ".endif\n\t"
            "muls r2, r5, r2\n\t"
            "lsrs r2, r2, #12\n\t"
            "adds r2, r2, r1\n\t"
            "lsrs r2, r2, #24\n\t"
            "b 6f\n"
            "5:\n\t"
            "lsrs r2, r2, #31\n\t"  // 127, or 128, which is -128
            "adds r2, r2, #127\n"
            "6:\n\t"
            ".if inlay_row == 1\n\t"
            "ldr r1, [r7, #%c[lower]]\n\t"
            "strb r2, [r0, r1]\n\t"
            "mov r1, r10\n\t"
            "mov r2, r9\n\t"
            "lsls r1, r1, #16\n\t"
            "subs r2, r2, r1\n\t"
            ".else\n\t"
            "strb r2, [r0]\n\t"
            ".endif\n\t"
            ".endr\n\t"
            "ldr r1, [r7, #%c[channels]]\n\t"
            ".if %c[away]\n\t"
            "ldr r2, [r7, #%c[second]]\n\t"
            "mov r12, r2\n\t"
            ".endif\n\t"
            "adds r0, r0, r1\n\t"
            "str r0, [r7, #%c[out]]\n\t"
            "ldr r0, [r7, #%c[windows_end]]\n\t"
            "cmp r0, r8\n\t"
            ".if %c[extras] == 0 && !%c[away]\n\t"  // as far as a conditional branch reaches
            "bne 3b\n\t"
            ".else\n\t"
            "beq 7f\n\t"
            "b 3b\n"
            "7:\n\t"
            ".endif\n\t"
            "ldr r0, [r7, #%c[pairs]]\n\t"
            "subs r0, r0, #1\n\t"
            "str r0, [r7, #%c[pairs]]\n\t"
            "beq 8f\n\t"
            "b 1b\n"
            "8:\n\t"
            "pop {r7}"
            : "+r"(at)
            : [rows] "i"(offsetof(frame, rows)), [results] "i"(offsetof(frame, results)), [pairs] "i"(offsetof(frame, pairs)),
              [out] "i"(offsetof(frame, out)), [lower] "i"(offsetof(frame, lower)), [first_column] "i"(offsetof(frame, first_column)),
              [columns_end] "i"(offsetof(frame, columns_end)), [windows] "i"(offsetof(frame, windows)),
              [windows_end] "i"(offsetof(frame, windows_end)), [constants] "i"(offsetof(frame, constants)),
              [both] "i"(offsetof(frame, both)), [second] "i"(offsetof(frame, second)), [split] "i"(offsetof(frame, split)),
              [nudge] "i"(offsetof(frame, nudge)), [channels] "i"(offsetof(frame, channels)), [channel] "i"(offsetof(frame, channel)),
              [apart0] "i"(offsetof(frame, apart0)), [apart1] "i"(offsetof(frame, apart1)), [apart2] "i"(offsetof(frame, apart2)),
              [extras] "i"(Extras), [stride] "i"(Stride), [away] "i"(Finishing::away_from_zero)
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
    }
};

}  // namespace inlay::twin
