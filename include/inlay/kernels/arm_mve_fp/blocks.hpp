// SPDX-License-Identifier: MIT
//
// The sums of blocks of four output channels on Helium: channels are the lanes, inputs come from registers of integers.
//
//   four pixels   4 vectors of sums, 4 of weights; for four taps of 64 multiply-accumulates: 4 VLDRW, 4 LDM, 16 VFMA, LE: 0.39 each
//   one pixel     for four taps of 16: 4 VLDRW, LDM, 4 VFMA, LE: 0.63 each
#pragma once

#include <inlay/kernels/arm_fp/blocks.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::mve {

struct float_blocks {
    /// Makes all blocks of channels, one at least, for one pixel or for four.
    template <int Pixels, auto Kept>
    static void make(fp::block_job& job, float const* weights) {
        static_assert(Pixels == 1 || Pixels == 4);
        constexpr fp::range_kind range{Kept};
        constexpr fp::range_bits ends{Kept};
        std::int32_t n;
        asm volatile(
            ".macro inlay_multiply sums x\n\t"
            "ldmia \\x!, {r4, r5, r6, r8}\n\t"
            "vfma.f32 \\sums, q4, r4\n\t"
            "vfma.f32 \\sums, q5, r5\n\t"
            "vfma.f32 \\sums, q6, r6\n\t"
            "vfma.f32 \\sums, q7, r8\n\t"
            ".endm\n\t"
            ".macro inlay_multiply_one sums x\n\t"
            "ldr r4, [\\x], #4\n\t"
            "vfma.f32 \\sums, q4, r4\n\t"
            ".endm\n\t"
            ".macro inlay_keep sums\n\t"
            "vadd.f32 \\sums, \\sums, q4\n\t"
            ".if %c[from_zero] || %c[has_lowest]\n\t"
            "vmaxnm.f32 \\sums, \\sums, q5\n\t"
            ".endif\n\t"
            ".if %c[has_highest]\n\t"
            "vminnm.f32 \\sums, \\sums, q6\n\t"
            ".endif\n\t"
            ".endm\n"
            "1:\n\t"
            "ldr r9, [%[job], %[pixels]]\n\t"
            "vmov.i32 q0, #0\n\t"
            ".if %c[four]\n\t"
            "ldr %[n], [%[job], %[stride]]\n\t"
            "add r10, r9, %[n]\n\t"
            "add r11, r10, %[n]\n\t"
            "add r12, r11, %[n]\n\t"
            "vmov.i32 q1, #0\n\t"
            "vmov.i32 q2, #0\n\t"
            "vmov.i32 q3, #0\n\t"
            ".endif\n\t"
            "ldr %[n], [%[job], %[taps]]\n\t"
            "lsr r4, %[n], #2\n\t"
            "wls lr, r4, 3f\n"
            "2:\n\t"
            "vldrw.32 q4, [%[w]], #16\n\t"
            "vldrw.32 q5, [%[w]], #16\n\t"
            "vldrw.32 q6, [%[w]], #16\n\t"
            "vldrw.32 q7, [%[w]], #16\n\t"
            "inlay_multiply q0 r9\n\t"
            ".if %c[four]\n\t"
            "inlay_multiply q1 r10\n\t"
            "inlay_multiply q2 r11\n\t"
            "inlay_multiply q3 r12\n\t"
            ".endif\n\t"
            "le lr, 2b\n"
            "3:\n\t"
            "and r4, %[n], #3\n\t"
            "wls lr, r4, 5f\n"
            "4:\n\t"
            "vldrw.32 q4, [%[w]], #16\n\t"
            "inlay_multiply_one q0 r9\n\t"
            ".if %c[four]\n\t"
            "inlay_multiply_one q1 r10\n\t"
            "inlay_multiply_one q2 r11\n\t"
            "inlay_multiply_one q3 r12\n\t"
            ".endif\n\t"
            "le lr, 4b\n"
            "5:\n\t"
            "ldrd r4, r5, [%[job], %[bias]]\n\t"
            "vldrw.32 q4, [r4], #16\n\t"
            "add r6, r5, #16\n\t"
            "strd r4, r6, [%[job], %[bias]]\n\t"
            ".if %c[from_zero]\n\t"
            "vmov.i32 q5, #0\n\t"
            ".endif\n\t"
            ".if %c[has_lowest]\n\t"
            "movw r4, %[lowest_low]\n\t"
            "movt r4, %[lowest_high]\n\t"
            "vdup.32 q5, r4\n\t"
            ".endif\n\t"
            ".if %c[has_highest]\n\t"
            "movw r4, %[highest_low]\n\t"
            "movt r4, %[highest_high]\n\t"
            "vdup.32 q6, r4\n\t"
            ".endif\n\t"
            "inlay_keep q0\n\t"
            "vstrw.32 q0, [r5]\n\t"
            ".if %c[four]\n\t"
            "ldr r4, [%[job], %[pitch]]\n\t"
            "inlay_keep q1\n\t"
            "add r5, r4\n\t"
            "vstrw.32 q1, [r5]\n\t"
            "inlay_keep q2\n\t"
            "add r5, r4\n\t"
            "vstrw.32 q2, [r5]\n\t"
            "inlay_keep q3\n\t"
            "add r5, r4\n\t"
            "vstrw.32 q3, [r5]\n\t"
            ".endif\n\t"
            "ldr %[n], [%[job], %[end]]\n\t"
            "cmp %[w], %[n]\n\t"
            "bne 1b\n\t"
            ".purgem inlay_multiply\n\t"
            ".purgem inlay_multiply_one\n\t"
            ".purgem inlay_keep"
            : [n] "=&r"(n), [w] "+&r"(weights)
            : [job] "r"(&job), [pixels] "i"(offsetof(fp::block_job, pixels)), [stride] "i"(offsetof(fp::block_job, stride)),
              [taps] "i"(offsetof(fp::block_job, taps)), [end] "i"(offsetof(fp::block_job, weights_end)), [bias] "i"(offsetof(fp::block_job, bias)),
              [pitch] "i"(offsetof(fp::block_job, pitch)), [four] "i"(Pixels == 4), [from_zero] "i"(range.from_zero), [has_lowest] "i"(range.has_lowest),
              [has_highest] "i"(range.has_highest), [lowest_low] "i"(ends.lowest & 0xffff), [lowest_high] "i"(ends.lowest >> 16),
              [highest_low] "i"(ends.highest & 0xffff), [highest_high] "i"(ends.highest >> 16)
            : "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7");
    }
};

}  // namespace inlay::mve
