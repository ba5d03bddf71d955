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
/// One statement, because no compiler keeps to a plan that takes every register. What stays in memory does so because with
/// more in registers there were none left for a frame pointer. Every step of the loop is 68 bytes of code.
template <range_kind Range, int Unrolled>
[[gnu::noinline]] void make_block(pair_job const& block, std::int8_t const* weights) {
    pair_job job = block;
    if (weights == job.weights_end) {  // a single channel
        job.to.odd = job.to.even;
        job.weights_end += job.rest_bytes;
        job.rest_bytes = 0;
    }
    std::int32_t t0, t1, t2, u0, u1, u2;
    std::uint32_t w0, w1, x;
    asm volatile(
        ".syntax unified\n\t"
        ".macro inlay_step\n\t"
        "ldrd %[w0], %[w1], [%[w]], #8\n\t"
        "ldmia.w %[x]!, {r4, r5, r6}\n\t"
        "smlad %[t0], r4, %[w0], %[t0]\n\t"
        "smlad %[t1], r5, %[w0], %[t1]\n\t"
        "smlad %[t2], r6, %[w0], %[t2]\n\t"
        "sxtb16 %[w0], %[w0]\n\t"
        "smlad %[u0], r4, %[w0], %[u0]\n\t"
        "smlad %[u1], r5, %[w0], %[u1]\n\t"
        "smlad %[u2], r6, %[w0], %[u2]\n\t"
        "ldmia.w %[x]!, {r4, r5, r6}\n\t"
        "smlad %[t0], r4, %[w1], %[t0]\n\t"
        "smlad %[t1], r5, %[w1], %[t1]\n\t"
        "smlad %[t2], r6, %[w1], %[t2]\n\t"
        "sxtb16 %[w1], %[w1]\n\t"
        "smlad %[u0], r4, %[w1], %[u0]\n\t"
        "smlad %[u1], r5, %[w1], %[u1]\n\t"
        "smlad %[u2], r6, %[w1], %[u2]\n\t"
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
        "ldr %[x], %[inputs]\n\t"
        "ldrd %[t2], %[u2], [%[w]], #8\n\t"
        ".if %c[unrolled] == 1\n\t"
        "mov %[t0], %[t2]\n\t"
        "mov %[t1], %[t2]\n\t"
        "mov %[u0], %[u2]\n\t"
        "mov %[u1], %[u2]\n\t"
        ".else\n\t"
        // The first step takes the starts of the sums.
        "ldrd %[w0], %[w1], [%[w]], #8\n\t"
        "ldmia.w %[x]!, {r4, r5, r6}\n\t"
        "smlad %[t0], r4, %[w0], %[t2]\n\t"
        "smlad %[t1], r5, %[w0], %[t2]\n\t"
        "smlad %[t2], r6, %[w0], %[t2]\n\t"
        "sxtb16 %[w0], %[w0]\n\t"
        "smlad %[u0], r4, %[w0], %[u2]\n\t"
        "smlad %[u1], r5, %[w0], %[u2]\n\t"
        "smlad %[u2], r6, %[w0], %[u2]\n\t"
        "ldmia.w %[x]!, {r4, r5, r6}\n\t"
        "smlad %[t0], r4, %[w1], %[t0]\n\t"
        "smlad %[t1], r5, %[w1], %[t1]\n\t"
        "smlad %[t2], r6, %[w1], %[t2]\n\t"
        "sxtb16 %[w1], %[w1]\n\t"
        "smlad %[u0], r4, %[w1], %[u0]\n\t"
        "smlad %[u1], r5, %[w1], %[u1]\n\t"
        "smlad %[u2], r6, %[w1], %[u2]\n\t"
        "ldr %[w0], %[skip]\n\t"
        "add pc, %[w0]\n\t"
        "nop\n\t"  // pc stands here
        ".endif\n"
        "1:\n\t"
        ".rept %c[unrolled]\n\t"
        "inlay_step\n\t"
        ".endr\n\t"
        "ldr %[w0], %[end]\n\t"
        "cmp %[x], %[w0]\n\t"
        "bne 1b\n\t"
        "ldr %[x], %[shifts]\n\t"
        "ldrd r4, %[w1], [%[w]], #8\n\t"
        "ldrh r6, [%[x]], #2\n\t"
        "str %[x], %[shifts]\n\t"
        "ldr %[x], %[nudge]\n\t"
        "sub %[t0], %[t0], %[u0]\n\t"
        "sub %[t1], %[t1], %[u1]\n\t"
        "sub %[t2], %[t2], %[u2]\n\t"
        "asr %[t0], %[t0], #7\n\t"
        "asr %[t1], %[t1], #7\n\t"
        "asr %[t2], %[t2], #7\n\t"
        "lsl r5, %[x], r6\n\t"
        "inlay_finish %[t0] r4 r5 r6 %[w0]\n\t"
        "inlay_finish %[t1] r4 r5 r6 %[w0]\n\t"
        "inlay_finish %[t2] r4 r5 r6 %[w0]\n\t"
        "lsr r6, r6, #8\n\t"
        "lsl %[u0], %[u0], #1\n\t"
        "lsl %[u1], %[u1], #1\n\t"
        "lsl %[u2], %[u2], #1\n\t"
        "lsl r5, %[x], r6\n\t"
        "inlay_finish %[u0] %[w1] r5 r6 %[w0]\n\t"
        "inlay_finish %[u1] %[w1] r5 r6 %[w0]\n\t"
        "inlay_finish %[u2] %[w1] r5 r6 %[w0]\n\t"
        ".if %c[full] == 0\n\t"
        "ldrd r4, r5, %[kept]\n\t"
        "inlay_clamp %[t0] r4 r5\n\t"
        "inlay_clamp %[t1] r4 r5\n\t"
        "inlay_clamp %[t2] r4 r5\n\t"
        "inlay_clamp %[u0] r4 r5\n\t"
        "inlay_clamp %[u1] r4 r5\n\t"
        "inlay_clamp %[u2] r4 r5\n\t"
        ".endif\n\t"
        "ldrd %[w0], %[w1], %[to]\n\t"
        "ldrd r4, r5, %[pixel]\n\t"
        "strb %[u2], [%[w1], r5]\n\t"
        "strb %[u1], [%[w1], r4]\n\t"
        "strb %[u0], [%[w1]], #2\n\t"
        "strb %[t2], [%[w0], r5]\n\t"
        "strb %[t1], [%[w0], r4]\n\t"
        "strb %[t0], [%[w0]], #2\n\t"
        "strd %[w0], %[w1], %[to]\n\t"
        "ldr r4, %[last]\n\t"
        "cmp %[w], r4\n\t"
        "bne 3b\n\t"
        // A single channel at the end: its missing neighbour is stored first, at the same address.
        "ldr r5, %[rest]\n\t"
        "cmp r5, #0\n\t"
        "beq 4f\n\t"
        "add r4, r4, r5\n\t"
        "str r4, %[last]\n\t"
        "mov r5, #0\n\t"
        "str r5, %[rest]\n\t"
        "strd %[w0], %[w0], %[to]\n\t"
        "b 3b\n"
        "4:\n\t"
        ".purgem inlay_step\n\t"
        ".purgem inlay_finish\n\t"
        ".purgem inlay_clamp"
        : [t0] "=&r"(t0), [t1] "=&r"(t1), [t2] "=&r"(t2), [u0] "=&r"(u0), [u1] "=&r"(u1), [u2] "=&r"(u2), [w0] "=&r"(w0), [w1] "=&r"(w1),
          [x] "=&r"(x), [w] "+&r"(weights), [shifts] "+m"(job.shifts), [to] "+m"(job.to), [last] "+m"(job.weights_end), [rest] "+m"(job.rest_bytes)
        : [inputs] "m"(job.inputs), [end] "m"(job.inputs_end), [skip] "m"(job.skip), [nudge] "m"(job.nudge), [pixel] "m"(job.pixel),
          [kept] "m"(job.kept), [unrolled] "i"(Unrolled), [away] "i"(Range.away_from_zero), [full] "i"(Range.is_full)
        : "r4", "r5", "r6", "cc", "memory");
}

}  // namespace inlay::dsp
