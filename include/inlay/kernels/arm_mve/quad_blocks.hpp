// SPDX-License-Identifier: MIT
//
// The inner part of the Helium convolution: four output channels of four pixels at a time, in two pairs of channels.
//
//   registers  8 sums (VMLADAV demands even registers), 4 pixel pointers, 1 weight pointer, 1 count: all there are
//   per step   of 128 multiply-accumulates: 2 VLDRB of weights, 4 of inputs, 8 VMLADAV: 0.11 each. Up to 16 taps of four pixels
//              stay in registers: 2 VLDRB of weights, 8 VMLADAV
//   results    pixels are lanes; two pairs make halfwords (0, 2) and (1, 3) of each pixel, and two stores scatter them. 48
//              instructions for the 16 results, 8 more where the rounding of negative numbers shows
//
// VLDRB rather than VLDRW, as pixels of odd sizes begin anywhere; the pointers move by themselves. The first step starts the sums,
// so nothing is initialised.
#pragma once

#include <inlay/kernels/arm_mve/conv2d_choice.hpp>
#include <inlay/kernels/arm_mve/copy.hpp>

#include <arm_mve.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace inlay::mve {

/// How the steps of a sum fall into straight code and a loop.
struct step_plan {
    int first;   ///< straight
    bool loops;  ///< over the rest, two at a time

    constexpr explicit step_plan(int steps) : first{steps <= 4 ? steps : 2 - steps % 2}, loops{steps > 4} {}
};

/// What a block needs beside registers; the kernels copy it to the stack, twelve words.
struct quad_job {
    struct pixel_pair {
        std::int8_t const* first;
        std::int8_t const* second;
    } pixels[2];
    int rounds;  ///< of the loop over steps
    std::int8_t const* weights_end;
    lane_channels<1> const* by;
    std::int8_t* to;
    int zero_point;
    struct {
        int lowest;
        int highest;
    } kept;
    std::uint16_t const* offsets;  ///< see make_offsets

    std::int8_t const* pixel(int p) const { return p % 2 == 0 ? pixels[p / 2].first : pixels[p / 2].second; }
    void set_pixel(int p, std::int8_t const* at) { (p % 2 == 0 ? pixels[p / 2].first : pixels[p / 2].second) = at; }
};

/// Where the results of channels 0 and 2 of a group go, pixel by pixel; a surplus pixel is the last one that counts again.
inline void make_offsets(std::uint16_t* offsets, int pixel_bytes, int count) {
    for (int p = 0; p < block_pixels; ++p) {
        offsets[2 * p] = static_cast<std::uint16_t>(std::min(p, count - 1) * pixel_bytes);
        offsets[2 * p + 1] = static_cast<std::uint16_t>(offsets[2 * p] + 2);
    }
}

/// Makes groups of channels up to job.weights_end. The compiler finds no room for so many operands, so registers are named: sums of one
/// channel in r0, r2, r4, r6, of the other in r8, r10, r12, r14. The statement saves r7 itself, as that may be the frame pointer.
template <range_kind Range, int First, bool Loops>
[[gnu::always_inline]] inline std::int8_t const* make_groups(quad_job& job, std::int8_t const* weights) {
    static_assert(sizeof(quad_job) == 12 * 4);
    register quad_job* at asm("r0") = &job;
    register std::int8_t const* w asm("r9") = weights;
    asm volatile(
        ".macro inlay_step multiply\n\t"
        "vldrb.8 q0, [r9], #16\n\t"
        "vldrb.8 q1, [r9], #16\n\t"
        "vldrb.8 q2, [r1], #16\n\t"
        "\\multiply r0, q0, q2\n\t"
        "\\multiply r8, q1, q2\n\t"
        "vldrb.8 q2, [r3], #16\n\t"
        "\\multiply r2, q0, q2\n\t"
        "\\multiply r10, q1, q2\n\t"
        "vldrb.8 q2, [r5], #16\n\t"
        "\\multiply r4, q0, q2\n\t"
        "\\multiply r12, q1, q2\n\t"
        "vldrb.8 q2, [r7], #16\n\t"
        "\\multiply r6, q0, q2\n\t"
        "\\multiply r14, q1, q2\n\t"
        ".endm\n\t"
        ".macro inlay_pair target\n\t"
        "ldrd r1, r3, [sp, #%c[pixels0]]\n\t"
        "ldrd r5, r7, [sp, #%c[pixels1]]\n\t"
        "inlay_step vmladav.s8\n\t"
        ".rept %c[first] - 1\n\t"
        "inlay_step vmladava.s8\n\t"
        ".endr\n\t"
        ".if %c[loops]\n\t"
        "ldr r11, [sp, #%c[rounds]]\n"
        "1:\n\t"
        "inlay_step vmladava.s8\n\t"
        "inlay_step vmladava.s8\n\t"
        "subs r11, r11, #1\n\t"
        "bne 1b\n\t"
        ".endif\n\t"
        "vmov q0[2], q0[0], r0, r4\n\t"
        "vmov q0[3], q0[1], r2, r6\n\t"
        "vmov q1[2], q1[0], r8, r12\n\t"
        "vmov q1[3], q1[1], r10, r14\n\t"
        "ldr r6, [sp, #%c[by]]\n\t"
        "ldm r6!, {r0, r1, r2, r3, r4, r5}\n\t"
        "str r6, [sp, #%c[by]]\n\t"
        "vadd.i32 q0, q0, r0\n\t"
        "vadd.i32 q1, q1, r3\n\t"
        "vqrdmulh.s32 q0, q0, r1\n\t"
        "vqrdmulh.s32 q1, q1, r4\n\t"
        ".if %c[away]\n\t"
        "vshr.s32 q2, q0, #31\n\t"
        "vshr.s32 q3, q1, #31\n\t"
        "vadd.i32 q0, q0, q2\n\t"
        "vadd.i32 q1, q1, q3\n\t"
        ".endif\n\t"
        "vrshl.s32 q0, r2\n\t"
        "vrshl.s32 q1, r5\n\t"
        "vqmovnb.s32 \\target, q0\n\t"
        "vqmovnt.s32 \\target, q1\n\t"
        ".endm\n\t"
        "push {r0, r7}\n\t"
        "ldm r0, {r0, r1, r2, r3, r4, r5, r6, r8, r10, r11, r12, r14}\n\t"
        "push {r0, r1, r2, r3, r4, r5, r6, r8, r10, r11, r12, r14}\n\t"
        "ldr r0, [sp, #%c[offsets]]\n\t"
        "vldrh.16 q4, [r0]\n"
        "3:\n\t"
        "inlay_pair q5\n\t"
        "inlay_pair q6\n\t"
        "ldr r0, [sp, #%c[zero]]\n\t"
        "vqadd.s16 q5, q5, r0\n\t"
        "vqadd.s16 q6, q6, r0\n\t"
        ".if %c[full]\n\t"
        "vqmovnb.s16 q0, q5\n\t"
        "vqmovnb.s16 q1, q6\n\t"
        ".else\n\t"
        "ldrd r2, r3, [sp, #%c[kept]]\n\t"
        "vdup.16 q2, r2\n\t"
        "vdup.16 q3, r3\n\t"
        "vmax.s16 q0, q5, q2\n\t"
        "vmax.s16 q1, q6, q2\n\t"
        "vmin.s16 q0, q0, q3\n\t"
        "vmin.s16 q1, q1, q3\n\t"
        ".endif\n\t"
        "ldr r0, [sp, #%c[to]]\n\t"
        "vstrb.16 q0, [r0, q4]\n\t"
        "add r1, r0, #1\n\t"
        "vstrb.16 q1, [r1, q4]\n\t"
        "add r0, r0, #4\n\t"
        "str r0, [sp, #%c[to]]\n\t"
        "ldr r1, [sp, #%c[end]]\n\t"
        "cmp r9, r1\n\t"
        "bne 3b\n\t"
        "ldr r1, [sp, #%c[by]]\n\t"
        "add sp, sp, #48\n\t"
        "pop {r0, r7}\n\t"
        "str r1, [r0, #%c[by]]\n\t"
        ".purgem inlay_step\n\t"
        ".purgem inlay_pair"
        : [at] "+r"(at), [w] "+r"(w)
        : [pixels0] "i"(offsetof(quad_job, pixels[0])), [pixels1] "i"(offsetof(quad_job, pixels[1])), [rounds] "i"(offsetof(quad_job, rounds)),
          [end] "i"(offsetof(quad_job, weights_end)), [by] "i"(offsetof(quad_job, by)), [to] "i"(offsetof(quad_job, to)),
          [zero] "i"(offsetof(quad_job, zero_point)), [kept] "i"(offsetof(quad_job, kept)), [offsets] "i"(offsetof(quad_job, offsets)), [first] "i"(First),
          [loops] "i"(Loops), [away] "i"(Range.away_from_zero), [full] "i"(Range.is_full)
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r10", "r11", "r12", "r14", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "cc", "memory");
    return w;
}

/// The same of pixels that are one vector each and stay in q0 to q3.
template <range_kind Range>
[[gnu::always_inline]] inline std::int8_t const* make_groups_of_vectors(quad_job& job, std::int8_t const* weights) {
    register quad_job* at asm("r0") = &job;
    register std::int8_t const* w asm("r9") = weights;
    asm volatile(
        ".macro inlay_pair target\n\t"
        "vldrb.8 q4, [r9], #16\n\t"
        "vldrb.8 q5, [r9], #16\n\t"
        "vmladav.s8 r0, q4, q0\n\t"
        "vmladav.s8 r8, q5, q0\n\t"
        "vmladav.s8 r2, q4, q1\n\t"
        "vmladav.s8 r10, q5, q1\n\t"
        "vmladav.s8 r4, q4, q2\n\t"
        "vmladav.s8 r12, q5, q2\n\t"
        "vmladav.s8 r6, q4, q3\n\t"
        "vmladav.s8 r14, q5, q3\n\t"
        "vmov q4[2], q4[0], r0, r4\n\t"
        "vmov q4[3], q4[1], r2, r6\n\t"
        "vmov q5[2], q5[0], r8, r12\n\t"
        "vmov q5[3], q5[1], r10, r14\n\t"
        "ldm r1!, {r0, r2, r4, r6, r8, r10}\n\t"
        "vadd.i32 q4, q4, r0\n\t"
        "vadd.i32 q5, q5, r6\n\t"
        "vqrdmulh.s32 q4, q4, r2\n\t"
        "vqrdmulh.s32 q5, q5, r8\n\t"
        ".if %c[away]\n\t"
        "vshr.s32 \\target, q4, #31\n\t"
        "vadd.i32 q4, q4, \\target\n\t"
        "vshr.s32 \\target, q5, #31\n\t"
        "vadd.i32 q5, q5, \\target\n\t"
        ".endif\n\t"
        "vrshl.s32 q4, r4\n\t"
        "vrshl.s32 q5, r10\n\t"
        "vqmovnb.s32 \\target, q4\n\t"
        "vqmovnt.s32 \\target, q5\n\t"
        ".endm\n\t"
        "push {r0, r7}\n\t"
        "ldrd r1, r3, [r0, #%c[pixels0]]\n\t"
        "ldrd r5, r7, [r0, #%c[pixels1]]\n\t"
        "vldrb.8 q0, [r1]\n\t"
        "vldrb.8 q1, [r3]\n\t"
        "vldrb.8 q2, [r5]\n\t"
        "vldrb.8 q3, [r7]\n\t"
        "ldr r1, [r0, #%c[by]]\n\t"
        "ldr r3, [r0, #%c[to]]\n\t"
        "ldr r5, [r0, #%c[zero]]\n\t"
        "ldr r7, [r0, #%c[end]]\n\t"
        "ldr r11, [r0, #%c[offsets]]\n"
        "3:\n\t"
        "inlay_pair q6\n\t"
        "inlay_pair q7\n\t"
        "vqadd.s16 q6, q6, r5\n\t"
        "vqadd.s16 q7, q7, r5\n\t"
        ".if %c[full]\n\t"
        "vqmovnb.s16 q4, q6\n\t"
        "vqmovnb.s16 q6, q7\n\t"
        ".else\n\t"
        "ldr r0, [sp]\n\t"
        "ldrd r0, r2, [r0, #%c[kept]]\n\t"
        "vdup.16 q5, r0\n\t"
        "vmax.s16 q4, q6, q5\n\t"
        "vmax.s16 q6, q7, q5\n\t"
        "vdup.16 q5, r2\n\t"
        "vmin.s16 q4, q4, q5\n\t"
        "vmin.s16 q6, q6, q5\n\t"
        ".endif\n\t"
        "vldrh.16 q5, [r11]\n\t"
        "vstrb.16 q4, [r3, q5]\n\t"
        "add r0, r3, #1\n\t"
        "vstrb.16 q6, [r0, q5]\n\t"
        "add r3, r3, #4\n\t"
        "cmp r9, r7\n\t"
        "bne 3b\n\t"
        "pop {r0, r7}\n\t"
        "str r1, [r0, #%c[by]]\n\t"
        ".purgem inlay_pair"
        : [at] "+r"(at), [w] "+r"(w)
        : [pixels0] "i"(offsetof(quad_job, pixels[0])), [pixels1] "i"(offsetof(quad_job, pixels[1])), [end] "i"(offsetof(quad_job, weights_end)),
          [by] "i"(offsetof(quad_job, by)), [to] "i"(offsetof(quad_job, to)), [zero] "i"(offsetof(quad_job, zero_point)),
          [kept] "i"(offsetof(quad_job, kept)), [offsets] "i"(offsetof(quad_job, offsets)), [away] "i"(Range.away_from_zero), [full] "i"(Range.is_full)
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r10", "r11", "r12", "r14", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "cc", "memory");
    return w;
}

}  // namespace inlay::mve
