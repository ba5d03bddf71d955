// SPDX-License-Identifier: MIT
//
// The inner part of the DSP convolutions: all output channels of three pixels, from inputs that were widened to 16 bits.
//
//   tile       3 pixels x 2 channels: 6 sums, 3 words of inputs, 2 of weights, 2 pointers: 13 registers
//   inputs     for each word of two taps the words of the three pixels side by side, so that one LDM with write-back loads
//              them and no other pointer moves
//   per step   of 24 multiply-accumulates: 1 LDRD, 2 LDM, 12 SMLAD, 2 SXTB16, 17 instructions: 0.71 each
//   per tile   46 instructions more, 6 of them where the rounding of negative numbers shows
//
// Fewer than three pixels are computed as three, and the surplus results are stored first, at the address of the last one
// that counts. An odd channel at the end is computed as two, the same way.
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::dsp {

/// Steps in the inner loops, by policy.
constexpr int steps_unrolled(policy optimise) { return optimise == policy::speed ? 8 : optimise == policy::balanced ? 4 : 1; }

/// What a block needs beside registers.
struct pair_job {
    std::uint32_t const* inputs;
    std::uint32_t const* inputs_end;
    std::int8_t const* weights_end;  ///< of whole pairs
    int rest_bytes;                  ///< of the table of a single channel at the end, or 0
    std::int8_t const* shifts;
    int nudge;
    int skip;                        ///< bytes of the loop's code that its first round leaves out
    struct {
        int lowest;
        int highest;
    } kept;
    struct {
        int second;
        int third;
    } pixel;                         ///< from the first pixel of the result
    struct {
        std::int8_t* even;
        std::int8_t* odd;
    } to;
};

/// The job of a block of a filter in this layout; the result is yet to be said.
template <int Unrolled>
inline pair_job make_pair_job(packed_table const& table, pair_layout const& layout, std::uint32_t const* inputs) {
    constexpr int step_bytes = 17 * 4;
    int const steps = layout.steps();
    int const first = (steps - 1) % Unrolled;  // steps of the loop's first round, or 0 for all
    int const pair_bytes = layout.pair_bytes();
    pair_job job{};
    job.inputs = inputs;
    job.inputs_end = inputs + steps * 2 * block_pixels;
    job.weights_end = table.bytes + layout.channels / 2 * pair_bytes;
    job.rest_bytes = layout.channels % 2 * pair_bytes;
    job.shifts = job.weights_end + job.rest_bytes;
    job.nudge = table.nudge();
    job.skip = first == 0 ? 0 : (Unrolled - first) * step_bytes;
    job.kept = {table.lowest, table.highest};
    return job;
}

/// All channels of a block of pixels from its widened taps.
///
/// One statement, because no compiler keeps to a plan that takes every register. Every step of the loop is 68 bytes of code.
///   registers  r0 to r2 sums of both channels of three pixels, r3 r8 r9 of the odd one, r4 to r6 inputs, r10 r11 weights, r12 inputs,
///              lr weights, r7 the job; it may be the frame pointer, so the statement saves it itself
template <range_kind Range, int Unrolled>
[[gnu::noinline]] void make_block(pair_job const& block, std::int8_t const* weights) {
    pair_job job = block;
    if (weights == job.weights_end) {  // a single channel
        job.to.odd = job.to.even;
        job.weights_end += job.rest_bytes;
        job.rest_bytes = 0;
    }
    register pair_job* at asm("r0") = &job;
    register std::int8_t const* w asm("r1") = weights;
    asm volatile(
        ".syntax unified\n\t"
        "push {r7}\n\t"
        "mov r7, r0\n\t"
        "mov lr, r1\n\t"
        ".macro inlay_step\n\t"
        "ldrd r10, r11, [lr], #8\n\t"
        "ldmia.w r12!, {r4, r5, r6}\n\t"
        "smlad r0, r4, r10, r0\n\t"
        "smlad r1, r5, r10, r1\n\t"
        "smlad r2, r6, r10, r2\n\t"
        "sxtb16 r10, r10\n\t"
        "smlad r3, r4, r10, r3\n\t"
        "smlad r8, r5, r10, r8\n\t"
        "smlad r9, r6, r10, r9\n\t"
        "ldmia.w r12!, {r4, r5, r6}\n\t"
        "smlad r0, r4, r11, r0\n\t"
        "smlad r1, r5, r11, r1\n\t"
        "smlad r2, r6, r11, r2\n\t"
        "sxtb16 r11, r11\n\t"
        "smlad r3, r4, r11, r3\n\t"
        "smlad r8, r5, r11, r8\n\t"
        "smlad r9, r6, r11, r9\n\t"
        ".endm\n\t"
        ".macro inlay_finish sum multiplier offset shift free\n\t"
        ".if %c[away]\n\t"
        "add \\free, \\offset, \\sum, asr #31\n\t"
        "smmlar \\sum, \\sum, \\multiplier, \\free\n\t"
        ".else\n\t"
        "smmlar \\sum, \\sum, \\multiplier, \\offset\n\t"
        ".endif\n\t"
        "asr \\sum, \\sum, \\shift\n\t"
        ".if %c[full]\n\t"
        "ssat \\sum, #8, \\sum, asr #1\n\t"
        ".else\n\t"
        "asr \\sum, \\sum, #1\n\t"
        ".endif\n\t"
        ".endm\n\t"
        ".macro inlay_clamp sum lowest highest\n\t"
        "cmp \\sum, \\lowest\n\t"
        "it lt\n\t"
        "movlt \\sum, \\lowest\n\t"
        "cmp \\sum, \\highest\n\t"
        "it gt\n\t"
        "movgt \\sum, \\highest\n\t"
        ".endm\n"
        "3:\n\t"
        "ldr r12, [r7, #%c[inputs]]\n\t"
        "ldrd r2, r9, [lr], #8\n\t"
        ".if %c[unrolled] == 1\n\t"
        "mov r0, r2\n\t"
        "mov r1, r2\n\t"
        "mov r3, r9\n\t"
        "mov r8, r9\n\t"
        ".else\n\t"
        // The first step takes the starts of the sums.
        "ldrd r10, r11, [lr], #8\n\t"
        "ldmia.w r12!, {r4, r5, r6}\n\t"
        "smlad r0, r4, r10, r2\n\t"
        "smlad r1, r5, r10, r2\n\t"
        "smlad r2, r6, r10, r2\n\t"
        "sxtb16 r10, r10\n\t"
        "smlad r3, r4, r10, r9\n\t"
        "smlad r8, r5, r10, r9\n\t"
        "smlad r9, r6, r10, r9\n\t"
        "ldmia.w r12!, {r4, r5, r6}\n\t"
        "smlad r0, r4, r11, r0\n\t"
        "smlad r1, r5, r11, r1\n\t"
        "smlad r2, r6, r11, r2\n\t"
        "sxtb16 r11, r11\n\t"
        "smlad r3, r4, r11, r3\n\t"
        "smlad r8, r5, r11, r8\n\t"
        "smlad r9, r6, r11, r9\n\t"
        "ldr r10, [r7, #%c[skip]]\n\t"
        "add pc, r10\n\t"
        "nop\n\t"  // pc stands here
        ".endif\n"
        "1:\n\t"
        ".rept %c[unrolled]\n\t"
        "inlay_step\n\t"
        ".endr\n\t"
        "ldr r10, [r7, #%c[end]]\n\t"
        "cmp r12, r10\n\t"
        "bne 1b\n\t"
        "ldr r12, [r7, #%c[shifts]]\n\t"
        "ldrd r4, r11, [lr], #8\n\t"
        "ldrh r6, [r12], #2\n\t"
        "str r12, [r7, #%c[shifts]]\n\t"
        "ldr r12, [r7, #%c[nudge]]\n\t"
        "sub r0, r0, r3\n\t"
        "sub r1, r1, r8\n\t"
        "sub r2, r2, r9\n\t"
        "asr r0, r0, #7\n\t"
        "asr r1, r1, #7\n\t"
        "asr r2, r2, #7\n\t"
        "lsl r5, r12, r6\n\t"
        "inlay_finish r0 r4 r5 r6 r10\n\t"
        "inlay_finish r1 r4 r5 r6 r10\n\t"
        "inlay_finish r2 r4 r5 r6 r10\n\t"
        "lsr r6, r6, #8\n\t"
        "lsl r3, r3, #1\n\t"
        "lsl r8, r8, #1\n\t"
        "lsl r9, r9, #1\n\t"
        "lsl r5, r12, r6\n\t"
        "inlay_finish r3 r11 r5 r6 r10\n\t"
        "inlay_finish r8 r11 r5 r6 r10\n\t"
        "inlay_finish r9 r11 r5 r6 r10\n\t"
        ".if %c[full] == 0\n\t"
        "ldrd r4, r5, [r7, #%c[kept]]\n\t"
        "inlay_clamp r0 r4 r5\n\t"
        "inlay_clamp r1 r4 r5\n\t"
        "inlay_clamp r2 r4 r5\n\t"
        "inlay_clamp r3 r4 r5\n\t"
        "inlay_clamp r8 r4 r5\n\t"
        "inlay_clamp r9 r4 r5\n\t"
        ".endif\n\t"
        "ldrd r10, r11, [r7, #%c[to]]\n\t"
        "ldrd r4, r5, [r7, #%c[pixel]]\n\t"
        "strb r9, [r11, r5]\n\t"
        "strb r8, [r11, r4]\n\t"
        "strb r3, [r11], #2\n\t"
        "strb r2, [r10, r5]\n\t"
        "strb r1, [r10, r4]\n\t"
        "strb r0, [r10], #2\n\t"
        "strd r10, r11, [r7, #%c[to]]\n\t"
        "ldr r4, [r7, #%c[last]]\n\t"
        "cmp lr, r4\n\t"
        "bne 3b\n\t"
        // A single channel at the end: its missing neighbour is stored first, at the same address.
        "ldr r5, [r7, #%c[rest]]\n\t"
        "cmp r5, #0\n\t"
        "beq 4f\n\t"
        "add r4, r4, r5\n\t"
        "str r4, [r7, #%c[last]]\n\t"
        "mov r5, #0\n\t"
        "str r5, [r7, #%c[rest]]\n\t"
        "strd r10, r10, [r7, #%c[to]]\n\t"
        "b 3b\n"
        "4:\n\t"
        ".purgem inlay_step\n\t"
        ".purgem inlay_finish\n\t"
        ".purgem inlay_clamp\n\t"
        "pop {r7}"
        : "+r"(at), "+r"(w)
        : [shifts] "i"(offsetof(pair_job, shifts)), [to] "i"(offsetof(pair_job, to)), [last] "i"(offsetof(pair_job, weights_end)),
          [rest] "i"(offsetof(pair_job, rest_bytes)), [inputs] "i"(offsetof(pair_job, inputs)), [end] "i"(offsetof(pair_job, inputs_end)),
          [skip] "i"(offsetof(pair_job, skip)), [nudge] "i"(offsetof(pair_job, nudge)), [pixel] "i"(offsetof(pair_job, pixel)),
          [kept] "i"(offsetof(pair_job, kept)), [unrolled] "i"(Unrolled), [away] "i"(Range.away_from_zero), [full] "i"(Range.is_full)
        : "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
}

}  // namespace inlay::dsp
