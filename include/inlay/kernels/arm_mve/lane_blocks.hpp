// SPDX-License-Identifier: MIT
//
// The inner part of the Helium convolution: two output channels of up to four pixels.
//
//   registers  8 sums (VMLADAV demands even registers), 4 pixel pointers, 1 weight pointer, 1 count: all there are
//   per step   of 128 multiply-accumulates: 2 VLDRB of weights, 4 of inputs, 8 VMLADAV: 0.11 each
//
// VLDRB rather than VLDRW, as pixels of odd sizes begin anywhere; the pointers move by themselves. The first step starts the sums,
// so nothing is initialised, and the sums leave as vectors of four pixels.
#pragma once

#include <inlay/kernels/arm_mve/lane_filter.hpp>
#include <inlay/kernels/arm_mve/requantise.hpp>

#include <cstdint>

namespace inlay::mve {

/// How the steps of a sum fall into straight code and a loop.
struct step_plan {
    int first;   ///< straight
    bool loops;  ///< over the rest, two at a time

    constexpr explicit step_plan(int steps) : first{steps <= 4 ? steps : 2 - steps % 2}, loops{steps > 4} {}
};

/// Sums of two channels, lane by lane of a pixel each; a lane behind `Pixels` repeats the last one.
struct lane_sums {
    int32x4_t a;
    int32x4_t b;
};

/// What the registers hold when the sums begin, in their order.
struct lane_inputs {
    std::int8_t const* pixels[4];
    std::int8_t const* weights;
    int rounds;
};

/// Sums a in r0, r2, r4, r6, sums b in r8, r10, r12, r14. The compiler finds no room for so many operands, so they are named.
template <int Pixels, int First, bool Loops>
inline lane_sums add_steps(lane_inputs const& inputs) {
    lane_sums sums;
    register lane_inputs const* from asm("r11") = &inputs;
    asm("ldm %[from], {r1, r3, r5, r7, r9, r11}\n\t"
        ".macro inlay_step multiply\n\t"
        "vldrb.8 q0, [r9], #16\n\t"
        "vldrb.8 q1, [r9], #16\n\t"
        "vldrb.8 q2, [r1], #16\n\t"
        "\\multiply r0, q0, q2\n\t"
        "\\multiply r8, q1, q2\n\t"
        ".if %c[pixels] > 1\n\t"
        "vldrb.8 q2, [r3], #16\n\t"
        "\\multiply r2, q0, q2\n\t"
        "\\multiply r10, q1, q2\n\t"
        ".endif\n\t"
        ".if %c[pixels] > 2\n\t"
        "vldrb.8 q2, [r5], #16\n\t"
        "\\multiply r4, q0, q2\n\t"
        "\\multiply r12, q1, q2\n\t"
        ".endif\n\t"
        ".if %c[pixels] > 3\n\t"
        "vldrb.8 q2, [r7], #16\n\t"
        "\\multiply r6, q0, q2\n\t"
        "\\multiply r14, q1, q2\n\t"
        ".endif\n\t"
        ".endm\n\t"
        "inlay_step vmladav.s8\n\t"
        ".rept %c[first] - 1\n\t"
        "inlay_step vmladava.s8\n\t"
        ".endr\n\t"
        ".if %c[loops]\n"
        "1:\n\t"
        "inlay_step vmladava.s8\n\t"
        "inlay_step vmladava.s8\n\t"
        "subs r11, r11, #1\n\t"
        "bne 1b\n\t"
        ".endif\n\t"
        ".purgem inlay_step\n\t"
        ".if %c[pixels] > 3\n\t"
        "vmov %q[a][2], %q[a][0], r0, r4\n\t"
        "vmov %q[b][2], %q[b][0], r8, r12\n\t"
        "vmov %q[a][3], %q[a][1], r2, r6\n\t"
        "vmov %q[b][3], %q[b][1], r10, r14\n\t"
        ".elseif %c[pixels] > 2\n\t"
        "vmov %q[a][2], %q[a][0], r0, r4\n\t"
        "vmov %q[b][2], %q[b][0], r8, r12\n\t"
        "vmov %q[a][3], %q[a][1], r2, r4\n\t"
        "vmov %q[b][3], %q[b][1], r10, r12\n\t"
        ".elseif %c[pixels] > 1\n\t"
        "vmov %q[a][2], %q[a][0], r0, r2\n\t"
        "vmov %q[b][2], %q[b][0], r8, r10\n\t"
        "vmov %q[a][3], %q[a][1], r2, r2\n\t"
        "vmov %q[b][3], %q[b][1], r10, r10\n\t"
        ".else\n\t"
        "vdup.32 %q[a], r0\n\t"
        "vdup.32 %q[b], r8\n\t"
        ".endif"
        : [from] "+r"(from), [a] "=w"(sums.a), [b] "=w"(sums.b)
        : [pixels] "i"(Pixels), [first] "i"(First), [loops] "i"(Loops)
        : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r12", "r14", "q0", "q1", "q2", "cc", "memory");
    return sums;
}

/// Makes all output channels of up to four pixels. `channels` is also the distance of their results.
template <int Pixels, int First, bool Loops, bool AwayFromZero, class Bank>
[[gnu::noinline]] void make_pixels(Bank const& bank, int channels, lane_inputs inputs, std::int8_t* out, int made) {
    constexpr int step_bytes = 2 * 16;
    int const block_bytes = (First + 2 * inputs.rounds) * step_bytes;
    auto const* by = bank.channels;
    auto const lowest = vdupq_n_s32(bank.kept.lowest);
    auto const highest = vdupq_n_s32(bank.kept.highest);
    int const zero_point = bank.zero_point;
    auto const last = static_cast<std::uint32_t>(made - 1);
    auto const offsets = vmulq_n_u32(vminq_u32(vidupq_n_u32(0, 1), vdupq_n_u32(last)), static_cast<std::uint32_t>(channels));
    for (int rest = channels; rest > 0; rest -= 2, ++by, out += 2, inputs.weights += block_bytes) {
        auto const sums = add_steps<Pixels, First, Loops>(inputs);
        // Of an odd number of channels the last one is stored over what stands for its missing neighbour.
        auto* const second = rest > 1 ? out + 1 : out;
        vstrbq_scatter_offset_s32(second, offsets, requantise_lanes<AwayFromZero>(sums.b, by->start[1], by->multiplier[1], by->shift[1], zero_point, lowest, highest));
        vstrbq_scatter_offset_s32(out, offsets, requantise_lanes<AwayFromZero>(sums.a, by->start[0], by->multiplier[0], by->shift[0], zero_point, lowest, highest));
    }
}

}  // namespace inlay::mve
