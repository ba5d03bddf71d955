// SPDX-License-Identifier: MIT
//
// The sums of blocks of four output channels in the registers of an FPU of single precision, s0 to s31.
//
//   four pixels   16 sums, 8 weights, 8 inputs; for two taps of 32 multiply-accumulates: 5 VLDM, 32 VFMA: 1.16 each, and the loop
//   one pixel     4 sums, 16 weights, 4 inputs; for four taps of 16: 2 VLDM, 16 VFMA: 1.13 each, and the loop
//
// Results that are kept within a range pass through registers of integers, where floats compare by their bits: as signed
// numbers if one of them is positive, as unsigned ones if it is negative.
#pragma once

#include <inlay/kernels/arm_fp/float_filter.hpp>
#include <inlay/kernels/arm_fp/words.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::fp {

/// What blocks of channels need beside registers.
struct block_job {
    float const* pixels;  ///< the first one's taps
    int stride;           ///< bytes from a pixel's first tap to the next one's
    int taps;
    float const* weights_end;
    float const* bias;
    float* to;
    int pitch;            ///< bytes from a pixel's results to the next one's
};

/// Makes all blocks of channels, one at least, for one pixel or for four.
template <int Pixels, auto Kept>
inline void make_blocks(block_job& job, float const* weights) {
    static_assert(Pixels == 1 || Pixels == 4);
    constexpr range_kind range{Kept};
    constexpr range_bits ends{Kept};
    std::int32_t n, lowest, highest;
    float* to;
    asm volatile(
        ".syntax unified\n\t"
        ".macro inlay_multiply x p q r s a b c d\n\t"
        "vfma.f32 s\\a, s\\x, s\\p\n\t"
        "vfma.f32 s\\b, s\\x, s\\q\n\t"
        "vfma.f32 s\\c, s\\x, s\\r\n\t"
        "vfma.f32 s\\d, s\\x, s\\s\n\t"
        ".endm\n\t"
        ".macro inlay_tap v x y z p q r s\n\t"  // of four pixels
        "inlay_multiply \\v \\p \\q \\r \\s 16 17 18 19\n\t"
        "inlay_multiply \\x \\p \\q \\r \\s 20 21 22 23\n\t"
        "inlay_multiply \\y \\p \\q \\r \\s 24 25 26 27\n\t"
        "inlay_multiply \\z \\p \\q \\r \\s 28 29 30 31\n\t"
        ".endm\n\t"
        ".macro inlay_keep x\n\t"
        ".if %c[from_zero]\n\t"
        "bic \\x, \\x, \\x, asr #31\n\t"
        ".endif\n\t"
        ".if %c[has_lowest]\n\t"
        "cmp \\x, %[lowest]\n\t"
        "it hi\n\t"
        "movhi \\x, %[lowest]\n\t"
        ".endif\n\t"
        ".if %c[has_highest]\n\t"
        "cmp \\x, %[highest]\n\t"
        "it gt\n\t"
        "movgt \\x, %[highest]\n\t"
        ".endif\n\t"
        ".endm\n\t"
        ".macro inlay_store a b c d\n\t"
        "vadd.f32 s\\a, s\\a, s0\n\t"
        "vadd.f32 s\\b, s\\b, s1\n\t"
        "vadd.f32 s\\c, s\\c, s2\n\t"
        "vadd.f32 s\\d, s\\d, s3\n\t"
        ".if %c[full]\n\t"
        "vstmia %[to], {s\\a-s\\d}\n\t"
        ".else\n\t"
        "vmov r4, r5, s\\a, s\\b\n\t"
        "vmov r6, r8, s\\c, s\\d\n\t"
        "inlay_keep r4\n\t"
        "inlay_keep r5\n\t"
        "inlay_keep r6\n\t"
        "inlay_keep r8\n\t"
        "stmia.w %[to], {r4, r5, r6, r8}\n\t"
        ".endif\n\t"
        ".endm\n\t"
        ".if %c[has_lowest]\n\t"
        "movw %[lowest], %[lowest_low]\n\t"
        "movt %[lowest], %[lowest_high]\n\t"
        ".endif\n\t"
        ".if %c[has_highest]\n\t"
        "movw %[highest], %[highest_low]\n\t"
        "movt %[highest], %[highest_high]\n\t"
        ".endif\n"
        "1:\n\t"
        "ldr r4, [%[job], %[pixels]]\n\t"
        ".if %c[four]\n\t"
        "ldr %[n], [%[job], %[stride]]\n\t"
        "add r5, r4, %[n]\n\t"
        "add r6, r5, %[n]\n\t"
        "add r8, r6, %[n]\n\t"
        "vldmia %[zeros], {s16-s31}\n\t"
        ".else\n\t"
        "vldmia %[zeros], {s16-s19}\n\t"
        ".endif\n\t"
        "ldr %[n], [%[job], %[taps]]\n\t"
        "subs %[n], %[n], #4\n\t"
        "blo 3f\n"
        "2:\n\t"
        ".if %c[four]\n\t"
        ".rept 2\n\t"
        "vldmia %[w]!, {s0-s7}\n\t"
        "vldmia r4!, {s8, s9}\n\t"
        "vldmia r5!, {s10, s11}\n\t"
        "vldmia r6!, {s12, s13}\n\t"
        "vldmia r8!, {s14, s15}\n\t"
        "inlay_tap 8 10 12 14 0 1 2 3\n\t"
        "inlay_tap 9 11 13 15 4 5 6 7\n\t"
        ".endr\n\t"
        ".else\n\t"
        "vldmia %[w]!, {s0-s15}\n\t"
        "vldmia r4!, {s20-s23}\n\t"
        "inlay_multiply 20 0 1 2 3 16 17 18 19\n\t"
        "inlay_multiply 21 4 5 6 7 16 17 18 19\n\t"
        "inlay_multiply 22 8 9 10 11 16 17 18 19\n\t"
        "inlay_multiply 23 12 13 14 15 16 17 18 19\n\t"
        ".endif\n\t"
        "subs %[n], %[n], #4\n\t"
        "bhs 2b\n"
        "3:\n\t"
        "adds %[n], %[n], #4\n\t"
        "beq 5f\n"
        "4:\n\t"
        "vldmia %[w]!, {s0-s3}\n\t"
        ".if %c[four]\n\t"
        "vldmia r4!, {s8}\n\t"
        "vldmia r5!, {s10}\n\t"
        "vldmia r6!, {s12}\n\t"
        "vldmia r8!, {s14}\n\t"
        "inlay_tap 8 10 12 14 0 1 2 3\n\t"
        ".else\n\t"
        "vldmia r4!, {s20}\n\t"
        "inlay_multiply 20 0 1 2 3 16 17 18 19\n\t"
        ".endif\n\t"
        "subs %[n], %[n], #1\n\t"
        "bne 4b\n"
        "5:\n\t"
        "ldr %[n], [%[job], %[bias]]\n\t"
        "vldmia %[n]!, {s0-s3}\n\t"
        "str %[n], [%[job], %[bias]]\n\t"
        "ldr %[to], [%[job], %[first]]\n\t"
        "add %[n], %[to], #16\n\t"
        "str %[n], [%[job], %[first]]\n\t"
        "inlay_store 16 17 18 19\n\t"
        ".if %c[four]\n\t"
        "ldr %[n], [%[job], %[pitch]]\n\t"
        "add %[to], %[n]\n\t"
        "inlay_store 20 21 22 23\n\t"
        "add %[to], %[n]\n\t"
        "inlay_store 24 25 26 27\n\t"
        "add %[to], %[n]\n\t"
        "inlay_store 28 29 30 31\n\t"
        ".endif\n\t"
        "ldr %[n], [%[job], %[end]]\n\t"
        "cmp %[w], %[n]\n\t"
        "bne 1b\n\t"
        ".purgem inlay_multiply\n\t"
        ".purgem inlay_tap\n\t"
        ".purgem inlay_keep\n\t"
        ".purgem inlay_store"
        : [n] "=&r"(n), [to] "=&r"(to), [lowest] "=&r"(lowest), [highest] "=&r"(highest), [w] "+&r"(weights)
        : [job] "r"(&job), [zeros] "r"(zeros), [pixels] "i"(offsetof(block_job, pixels)), [stride] "i"(offsetof(block_job, stride)),
          [taps] "i"(offsetof(block_job, taps)), [end] "i"(offsetof(block_job, weights_end)), [bias] "i"(offsetof(block_job, bias)),
          [first] "i"(offsetof(block_job, to)), [pitch] "i"(offsetof(block_job, pitch)),
          [four] "i"(Pixels == 4), [from_zero] "i"(range.from_zero), [has_lowest] "i"(range.has_lowest), [has_highest] "i"(range.has_highest),
          [full] "i"(range.is_full()), [lowest_low] "i"(ends.lowest & 0xffff), [lowest_high] "i"(ends.lowest >> 16),
          [highest_low] "i"(ends.highest & 0xffff), [highest_high] "i"(ends.highest >> 16)
        : "r4", "r5", "r6", "r8", "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16",
          "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31");
}

/// The sum of a channel behind the last block.
inline float make_sum(float const* weights, float const* inputs, int taps) {
    float sum = 0;
    asm("subs %[n], %[n], #8\n\t"
        "blo 2f\n"
        "1:\n\t"
        "vldmia %[w]!, {s0-s7}\n\t"
        "vldmia %[x]!, {s8-s15}\n\t"
        "vfma.f32 %[sum], s0, s8\n\t"
        "vfma.f32 %[sum], s1, s9\n\t"
        "vfma.f32 %[sum], s2, s10\n\t"
        "vfma.f32 %[sum], s3, s11\n\t"
        "vfma.f32 %[sum], s4, s12\n\t"
        "vfma.f32 %[sum], s5, s13\n\t"
        "vfma.f32 %[sum], s6, s14\n\t"
        "vfma.f32 %[sum], s7, s15\n\t"
        "subs %[n], %[n], #8\n\t"
        "bhs 1b\n"
        "2:\n\t"
        "adds %[n], %[n], #8\n\t"
        "beq 4f\n"
        "3:\n\t"
        "vldmia %[w]!, {s0}\n\t"
        "vldmia %[x]!, {s8}\n\t"
        "vfma.f32 %[sum], s0, s8\n\t"
        "subs %[n], %[n], #1\n\t"
        "bne 3b\n"
        "4:"
        : [sum] "+t"(sum), [w] "+r"(weights), [x] "+r"(inputs), [n] "+r"(taps)
        :
        : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15");
    return sum;
}

/// Blocks of channels on an FPU.
struct fpu {
    template <int Pixels, auto Kept>
    static void make(block_job& job, float const* weights) {
        make_blocks<Pixels, Kept>(job, weights);
    }
};

/// Makes all channels of one pixel or of four.
template <class Machine, int Pixels, auto Kept>
inline void make_pixels(float_bank<Kept, block_layout> const& bank, float const* pixels, int stride, float* to) {
    auto const& layout = bank.layout;
    int const whole = layout.in_blocks();
    auto const* const rest = bank.filter + whole * layout.taps;
    if (whole > 0) {
        block_job job{pixels, stride * 4, layout.taps, rest, bank.bias, to, layout.channels * 4};
        Machine::template make<Pixels, Kept>(job, bank.filter);
    }
    if (whole == layout.channels) return;
    for (int p = 0; p < Pixels; ++p, pixels += stride, to += layout.channels) {
        auto const* weights = rest;
        for (int o = whole; o < layout.channels; ++o, weights += layout.taps) to[o] = bank.finish(make_sum(weights, pixels, layout.taps), o);
    }
}

}  // namespace inlay::fp
