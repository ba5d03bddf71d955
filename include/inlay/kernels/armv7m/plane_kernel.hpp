// SPDX-License-Identifier: MIT
//
// The depthwise convolutions on Armv7-M: the rows of a channel, two at a time.
//
//   columns    of two rows of results: 11 instructions, 12 where the rows of a pair are two apart
//   results    two, of nine taps each: 41 instructions, 4 more where negative numbers round away from zero, 9 more for each column
//              that was split off
#pragma once

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/twin/planes.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::twin {

template <>
struct plane_kernel<isa::armv7m> {
    /// One channel of a band, of whose filter `Extras` columns were split off. One statement, as no compiler keeps to a plan that
    /// takes every register.
    ///   columns  r0 offset of the channel, r1 columns, r2 to r6 rows, r8 to r11 a column, r12 end, lr channels
    ///   windows  r0 inputs, r1 weights, r2 r3 sums of both rows and of the second, r4 to r6 and r8 r9 r12 a column of both, lr 32768
    ///   results  r2 r3 sums, r4 multiplier, r5 half offset, r6 shift, r8 the second row, r12 channels, r1 r9 result
    ///   always   r10 out, r11 constants
    template <class Finishing, int Stride, int Extras>
    [[gnu::noinline]] static void make_band(plane_plan const& plan, row_band<Stride> const& band, channel<isa::armv7m> const& by,
                                            std::int8_t const* filter, extra_column const* extras, int c) {
        kernel_constants<Extras> fetched;
        fetched.both = both_start(by, 3 + Extras);
        fetched.upper = by.start;
        std::int32_t apart[3] = {};
        spread_weights<Extras, Stride>(filter, extras, fetched.weights, apart);
        fetched.multiplier = by.multiplier;
        fetched.half_offset = by.half_offset;
        fetched.shift = by.shift;
        fetched.channels = plan.channels;
        struct frame {
            std::int8_t const* const* rows;
            std::int8_t* const* results;
            int pairs;
            std::uint32_t* first_column;
            std::uint32_t const* columns_end;
            std::uint32_t const* windows;
            std::uint32_t const* windows_end;
            kernel_constants<Extras>* constants;
            std::int32_t* lower;
            int channels;
            int channel;
            int lowest;
            int highest;
            std::int32_t apart0, apart1, apart2;
        } now{band.in, band.out, band.pairs, plan.first_column, plan.first_column + plan.inside * column_taps, plan.columns,
              plan.columns + plan.width * Stride * column_taps, &fetched, &fetched.lower, plan.channels, c, plan.lowest, plan.highest,
              apart[0], apart[1], apart[2]};
        register frame* at asm("r0") = &now;
        asm volatile(
            ".syntax unified\n\t"
            "push {r7}\n\t"
            "mov r7, r0\n"
            "1:\n\t"
            "ldr r8, [r7, #%c[rows]]\n\t"
            "ldr r0, [r7, #%c[channel]]\n\t"
            "ldr r1, [r7, #%c[first_column]]\n\t"
            "ldr r12, [r7, #%c[columns_end]]\n\t"
            "ldr lr, [r7, #%c[channels]]\n\t"
            ".if %c[stride] == 1\n\t"
            "ldmia.w r8, {r2, r3, r4, r5}\n\t"
            "add r8, r8, #8\n\t"
            ".else\n\t"
            "ldmia.w r8, {r2, r3, r4, r5, r6}\n\t"
            "add r8, r8, #16\n\t"
            ".endif\n\t"
            "str r8, [r7, #%c[rows]]\n"
            "2:\n\t"
            "ldrsb r8, [r2, r0]\n\t"
            "ldrsb r9, [r3, r0]\n\t"
            "ldrsb r10, [r4, r0]\n\t"
            "ldrsb r11, [r5, r0]\n\t"
            ".if %c[stride] == 1\n\t"
            "add r8, r8, r9, lsl #16\n\t"
            "add r9, r9, r10, lsl #16\n\t"
            "add r10, r10, r11, lsl #16\n\t"
            ".else\n\t"
            "add r8, r8, r10, lsl #16\n\t"
            "add r9, r9, r11, lsl #16\n\t"
            "ldrsb r11, [r6, r0]\n\t"
            "add r10, r10, r11, lsl #16\n\t"
            ".endif\n\t"
            "stmia.w r1!, {r8, r9, r10}\n\t"
            "add r0, r0, lr\n\t"
            "cmp r1, r12\n\t"
            "bne 2b\n\t"
            "ldr r11, [r7, #%c[results]]\n\t"
            "ldr r1, [r7, #%c[lower]]\n\t"
            "ldr r2, [r7, #%c[channel]]\n\t"
            "ldr r10, [r11], #4\n\t"
            "ldr r3, [r11], #4\n\t"
            "str r11, [r7, #%c[results]]\n\t"
            "sub r3, r3, r10\n\t"
            "str r3, [r1]\n\t"
            "add r10, r10, r2\n\t"
            "ldr r11, [r7, #%c[constants]]\n\t"
            "ldr r0, [r7, #%c[windows]]\n\t"
            "mov lr, #32768\n"
            "3:\n\t"
            "mov r1, r11\n\t"
            "ldrd r2, r3, [r1], #8\n\t"
            ".set inlay_column, 0\n\t"
            ".rept 3 + %c[extras]\n\t"
            ".if inlay_column < 3\n\t"
            "ldmia.w r0!, {r4, r5, r6}\n\t"
            ".else\n\t"
            ".if inlay_column == 3\n\t"
            "sub r0, r0, #(3 - %c[stride]) * 12\n\t"
            "ldr r4, [r7, #%c[apart0]]\n\t"
            ".elseif inlay_column == 4\n\t"
            "ldr r4, [r7, #%c[apart1]]\n\t"
            ".else\n\t"
            "ldr r4, [r7, #%c[apart2]]\n\t"
            ".endif\n\t"
            "add r4, r4, r0\n\t"
            "ldmia.w r4, {r4, r5, r6}\n\t"
            ".endif\n\t"
            ".set inlay_column, inlay_column + 1\n\t"
            "ldmia.w r1!, {r8, r9, r12}\n\t"
            "mla r4, r4, r8, lr\n\t"
            "mla r4, r5, r9, r4\n\t"
            "mla r4, r6, r12, r4\n\t"
            "add r2, r2, r4\n\t"
            "add r3, r3, r4, asr #16\n\t"
            ".endr\n\t"
            ".if %c[extras] == 0\n\t"
            "sub r0, r0, #(3 - %c[stride]) * 12\n\t"
            ".endif\n\t"
            "ldmia.w r1, {r4, r5, r6, r8, r12}\n\t"
            ".set inlay_row, 2\n\t"
            ".rept 2\n\t"
            ".set inlay_row, inlay_row - 1\n\t"
            ".if inlay_row == 0\n\t"
            "sub r3, r2, r3, lsl #16\n\t"
            ".endif\n\t"
            ".if %c[away]\n\t"
            "and r1, r3, #0x80000000\n\t"  // a number less than 0 takes off 2^31
            "add r1, r1, #0x40000000\n\t"
            "add r9, r5, r3, asr #31\n\t"
            ".else\n\t"
            "mov r1, #0x40000000\n\t"
            "mov r9, r5\n\t"
            ".endif\n\t"
            "smlal r1, r9, r3, r4\n\t"
            "asr r9, r9, r6\n\t"
            ".if %c[full_range]\n\t"
            "ssat r9, #8, r9\n\t"
            ".else\n\t"
            "ldr r1, [r7, #%c[lowest]]\n\t"
            "cmp r9, r1\n\t"
            "it lt\n\t"
            "movlt r9, r1\n\t"
            "ldr r1, [r7, #%c[highest]]\n\t"
            "cmp r9, r1\n\t"
            "it gt\n\t"
            "movgt r9, r1\n\t"
            ".endif\n\t"
            ".if inlay_row == 1\n\t"
            "strb r9, [r10, r8]\n\t"
            ".else\n\t"
            "strb r9, [r10]\n\t"
            ".endif\n\t"
            ".endr\n\t"
            "add r10, r10, r12\n\t"
            "ldr r1, [r7, #%c[windows_end]]\n\t"
            "cmp r0, r1\n\t"
            "bne 3b\n\t"
            "ldr r0, [r7, #%c[pairs]]\n\t"
            "subs r0, r0, #1\n\t"
            "str r0, [r7, #%c[pairs]]\n\t"
            "bne 1b\n\t"
            "pop {r7}"
            : "+r"(at)
            : [rows] "i"(offsetof(frame, rows)), [results] "i"(offsetof(frame, results)), [pairs] "i"(offsetof(frame, pairs)),
              [first_column] "i"(offsetof(frame, first_column)), [columns_end] "i"(offsetof(frame, columns_end)),
              [windows] "i"(offsetof(frame, windows)), [windows_end] "i"(offsetof(frame, windows_end)),
              [constants] "i"(offsetof(frame, constants)), [lower] "i"(offsetof(frame, lower)),
              [channels] "i"(offsetof(frame, channels)), [channel] "i"(offsetof(frame, channel)), [lowest] "i"(offsetof(frame, lowest)),
              [highest] "i"(offsetof(frame, highest)), [apart0] "i"(offsetof(frame, apart0)), [apart1] "i"(offsetof(frame, apart1)),
              [apart2] "i"(offsetof(frame, apart2)), [extras] "i"(Extras), [stride] "i"(Stride), [full_range] "i"(Finishing::full_range),
              [away] "i"(Finishing::away_from_zero)
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
    }

private:
    /// What the statement reads for each window, in this order.
    template <int Extras>
    struct kernel_constants {
        std::int32_t both;
        std::int32_t upper;
        std::int32_t weights[plane_taps + column_taps * Extras];
        std::int32_t multiplier;
        std::int32_t half_offset;
        std::int32_t shift;
        std::int32_t lower;  ///< bytes from a result to that of the second row
        std::int32_t channels;
    };
};

}  // namespace inlay::twin
