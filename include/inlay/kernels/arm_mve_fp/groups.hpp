// SPDX-License-Identifier: MIT
//
// The sums of groups of 16, 8 or 4 channels of a depthwise convolution on Helium, four to a vector.
//
//   per tap   of 16 channels: 8 VLDRW, 4 VFMA, 2 steps, LE: 0.94 for each multiply-accumulate
//
// Filters of three columns, by strides of 1 or 2, make four pixels of four channels together, which share weights and inputs:
//
//   per row   of 48 multiply-accumulates: 9 VLDRW (stride 2: 12), 12 VFMA, a step for each load, 3 more: 0.69 each (0.81)
#pragma once

#include <inlay/kernels/arm_fp/depthwise_conv2d.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::mve {

struct float_groups {
    /// Makes `Channels` channels of a run of pixels.
    template <int Channels, auto Kept>
    static void make(fp::group_job& job) {
        static_assert(Channels == 4 || Channels == 8 || Channels == 16);
        int const column = job.tap + Channels * 4;
        bool const overlaps = job.row.columns == 3 && job.row.next_row == 0 && (job.stride == column || job.stride == 2 * column);
        if (int const quads = overlaps ? job.pixels / 4 : 0; quads > 0) {
            int const pixel = job.pitch + Channels * 4;
            for (int c = 0; c < Channels; c += 4) {
                fp::group_job part{.rows = job.rows,
                                   .weights = job.weights + c,
                                   .tap = column,
                                   .weight = job.weight + Channels * 4,
                                   .row = {job.row.first + c * 4, static_cast<int>(job.rows_end - job.rows), 0},
                                   .rows_end = job.rows_end,
                                   .bias = job.bias + c,
                                   .to = job.to + c,
                                   .stride = 4 * job.stride,
                                   .pitch = pixel,
                                   .pixels = quads};
                job.stride == column ? make_quads<1, Kept>(part) : make_quads<2, Kept>(part);
            }
            job.row.first += quads * 4 * job.stride;
            job.to += quads * pixel;
            job.pixels -= quads * 4;
        }
        if (job.pixels > 0) make_pixels<Channels, Kept>(job);
    }

private:
    template <int Channels, auto Kept>
    static void make_pixels(fp::group_job& job) {
        constexpr fp::range_kind range{Kept};
        constexpr fp::range_bits ends{Kept};
        std::int32_t n, tap, weight;
        float const *x, *w;
        float const* const* rows;
        asm volatile(
            ".macro inlay_multiply sums\n\t"
            "vldrw.32 q4, [%[x]], #16\n\t"
            "vldrw.32 q5, [%[w]], #16\n\t"
            "vfma.f32 \\sums, q4, q5\n\t"
            ".endm\n\t"
            ".macro inlay_finish sums\n\t"
            "vldrw.32 q4, [%[n]], #16\n\t"
            "vadd.f32 \\sums, \\sums, q4\n\t"
            ".if %c[from_zero] || %c[has_lowest]\n\t"
            "vmaxnm.f32 \\sums, \\sums, q6\n\t"
            ".endif\n\t"
            ".if %c[has_highest]\n\t"
            "vminnm.f32 \\sums, \\sums, q7\n\t"
            ".endif\n\t"
            "vstrw.32 \\sums, [%[x]], #16\n\t"
            ".endm\n\t"
            ".if %c[from_zero]\n\t"
            "vmov.i32 q6, #0\n\t"
            ".endif\n\t"
            ".if %c[has_lowest]\n\t"
            "movw %[n], %[lowest_low]\n\t"
            "movt %[n], %[lowest_high]\n\t"
            "vdup.32 q6, %[n]\n\t"
            ".endif\n\t"
            ".if %c[has_highest]\n\t"
            "movw %[n], %[highest_low]\n\t"
            "movt %[n], %[highest_high]\n\t"
            "vdup.32 q7, %[n]\n\t"
            ".endif\n\t"
            "ldrd %[tap], %[weight], [%[job], %[steps]]\n"
            "1:\n\t"
            "vmov.i32 q0, #0\n\t"
            ".if %c[channels] > 4\n\t"
            "vmov.i32 q1, #0\n\t"
            ".endif\n\t"
            ".if %c[channels] > 8\n\t"
            "vmov.i32 q2, #0\n\t"
            "vmov.i32 q3, #0\n\t"
            ".endif\n\t"
            "ldrd %[rows], %[w], [%[job], %[start]]\n"
            "2:\n\t"
            "ldr %[x], [%[rows]], #4\n\t"
            "ldrd %[n], lr, [%[job], %[first]]\n\t"
            "add %[x], %[n]\n\t"
            "dls lr, lr\n"
            "3:\n\t"
            "inlay_multiply q0\n\t"
            ".if %c[channels] > 4\n\t"
            "inlay_multiply q1\n\t"
            ".endif\n\t"
            ".if %c[channels] > 8\n\t"
            "inlay_multiply q2\n\t"
            "inlay_multiply q3\n\t"
            ".endif\n\t"
            "add %[x], %[tap]\n\t"
            "add %[w], %[weight]\n\t"
            "le lr, 3b\n\t"
            "ldrd %[n], %[x], [%[job], %[next_row]]\n\t"
            "add %[w], %[n]\n\t"
            "cmp %[rows], %[x]\n\t"
            "bne 2b\n\t"
            "ldrd %[n], %[x], [%[job], %[bias]]\n\t"
            "inlay_finish q0\n\t"
            ".if %c[channels] > 4\n\t"
            "inlay_finish q1\n\t"
            ".endif\n\t"
            ".if %c[channels] > 8\n\t"
            "inlay_finish q2\n\t"
            "inlay_finish q3\n\t"
            ".endif\n\t"
            "ldrd %[n], %[w], [%[job], %[stride]]\n\t"
            "add %[x], %[w]\n\t"
            "str %[x], [%[job], %[to]]\n\t"
            "ldr %[x], [%[job], %[first]]\n\t"
            "add %[x], %[n]\n\t"
            "str %[x], [%[job], %[first]]\n\t"
            "ldr %[n], [%[job], %[pixels]]\n\t"
            "subs %[n], %[n], #1\n\t"
            "str %[n], [%[job], %[pixels]]\n\t"
            "bne 1b\n\t"
            ".purgem inlay_multiply\n\t"
            ".purgem inlay_finish"
            : [x] "=&r"(x), [n] "=&r"(n), [rows] "=&r"(rows), [w] "=&r"(w), [tap] "=&r"(tap), [weight] "=&r"(weight)
            : [job] "r"(&job), [start] "i"(offsetof(fp::group_job, rows)), [steps] "i"(offsetof(fp::group_job, tap)),
              [first] "i"(offsetof(fp::group_job, row)), [next_row] "i"(offsetof(fp::group_job, row) + offsetof(fp::row_taps, next_row)), [bias] "i"(offsetof(fp::group_job, bias)),
              [to] "i"(offsetof(fp::group_job, to)), [stride] "i"(offsetof(fp::group_job, stride)), [pixels] "i"(offsetof(fp::group_job, pixels)),
              [channels] "i"(Channels), [from_zero] "i"(range.from_zero), [has_lowest] "i"(range.has_lowest), [has_highest] "i"(range.has_highest),
              [lowest_low] "i"(ends.lowest & 0xffff), [lowest_high] "i"(ends.lowest >> 16), [highest_low] "i"(ends.highest & 0xffff),
              [highest_high] "i"(ends.highest >> 16)
            : "lr", "cc", "memory", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7");
    }

    /// Makes four channels of `pixels` times four pixels, with the ways from begin to begin and `columns` as the number of rows.
    template <int Stride, auto Kept>
    static void make_quads(fp::group_job& job) {
        constexpr fp::range_kind range{Kept};
        constexpr fp::range_bits ends{Kept};
        std::int32_t n, tap, weight;
        float const *x, *w;
        float const* const* rows;
        asm volatile(
            ".macro inlay_load to from step\n\t"
            "vldrw.32 \\to, [\\from]\n\t"
            "add \\from, \\step\n\t"
            ".endm\n\t"
            ".macro inlay_column\n\t"
            "inlay_load q7 %[x] %[tap]\n\t"
            ".endm\n\t"
            ".macro inlay_finish sums\n\t"
            "vadd.f32 \\sums, \\sums, q4\n\t"
            ".if %c[from_zero] || %c[has_lowest]\n\t"
            "vmaxnm.f32 \\sums, \\sums, q5\n\t"
            ".endif\n\t"
            ".if %c[has_highest]\n\t"
            "vminnm.f32 \\sums, \\sums, q6\n\t"
            ".endif\n\t"
            "vstrw.32 \\sums, [%[x]]\n\t"
            "add %[x], %[w]\n\t"
            ".endm\n\t"
            "ldrd %[tap], %[weight], [%[job], %[steps]]\n"
            "1:\n\t"
            "vmov.i32 q0, #0\n\t"
            "vmov.i32 q1, #0\n\t"
            "vmov.i32 q2, #0\n\t"
            "vmov.i32 q3, #0\n\t"
            "ldrd %[rows], %[w], [%[job], %[start]]\n\t"
            "ldrd %[n], lr, [%[job], %[first]]\n\t"
            "dls lr, lr\n"
            "2:\n\t"
            "ldr %[x], [%[rows]], #4\n\t"
            "add %[x], %[n]\n\t"
            "inlay_load q4 %[w] %[weight]\n\t"
            "inlay_load q5 %[w] %[weight]\n\t"
            "inlay_load q6 %[w] %[weight]\n\t"
            "inlay_column\n\t"
            "vfma.f32 q0, q7, q4\n\t"
            "inlay_column\n\t"
            "vfma.f32 q0, q7, q5\n\t"
            ".if %c[stride] == 1\n\t"
            "vfma.f32 q1, q7, q4\n\t"
            "inlay_column\n\t"
            "vfma.f32 q0, q7, q6\n\t"
            "vfma.f32 q1, q7, q5\n\t"
            "vfma.f32 q2, q7, q4\n\t"
            "inlay_column\n\t"
            "vfma.f32 q1, q7, q6\n\t"
            "vfma.f32 q2, q7, q5\n\t"
            "vfma.f32 q3, q7, q4\n\t"
            "inlay_column\n\t"
            "vfma.f32 q2, q7, q6\n\t"
            "vfma.f32 q3, q7, q5\n\t"
            ".else\n\t"
            "inlay_column\n\t"
            "vfma.f32 q0, q7, q6\n\t"
            "vfma.f32 q1, q7, q4\n\t"
            "inlay_column\n\t"
            "vfma.f32 q1, q7, q5\n\t"
            "inlay_column\n\t"
            "vfma.f32 q1, q7, q6\n\t"
            "vfma.f32 q2, q7, q4\n\t"
            "inlay_column\n\t"
            "vfma.f32 q2, q7, q5\n\t"
            "inlay_column\n\t"
            "vfma.f32 q2, q7, q6\n\t"
            "vfma.f32 q3, q7, q4\n\t"
            "inlay_column\n\t"
            "vfma.f32 q3, q7, q5\n\t"
            ".endif\n\t"
            "vldrw.32 q7, [%[x]]\n\t"
            "vfma.f32 q3, q7, q6\n\t"
            "le lr, 2b\n\t"
            ".if %c[from_zero]\n\t"
            "vmov.i32 q5, #0\n\t"
            ".endif\n\t"
            ".if %c[has_lowest]\n\t"
            "movw %[n], %[lowest_low]\n\t"
            "movt %[n], %[lowest_high]\n\t"
            "vdup.32 q5, %[n]\n\t"
            ".endif\n\t"
            ".if %c[has_highest]\n\t"
            "movw %[n], %[highest_low]\n\t"
            "movt %[n], %[highest_high]\n\t"
            "vdup.32 q6, %[n]\n\t"
            ".endif\n\t"
            "ldrd %[n], %[x], [%[job], %[bias]]\n\t"
            "vldrw.32 q4, [%[n]]\n\t"
            "ldrd %[n], %[w], [%[job], %[next]]\n\t"
            "inlay_finish q0\n\t"
            "inlay_finish q1\n\t"
            "inlay_finish q2\n\t"
            "inlay_finish q3\n\t"
            "str %[x], [%[job], %[to]]\n\t"
            "ldr %[x], [%[job], %[first]]\n\t"
            "add %[x], %[n]\n\t"
            "str %[x], [%[job], %[first]]\n\t"
            "ldr %[n], [%[job], %[pixels]]\n\t"
            "subs %[n], %[n], #1\n\t"
            "str %[n], [%[job], %[pixels]]\n\t"
            "bne 1b\n\t"
            ".purgem inlay_load\n\t"
            ".purgem inlay_column\n\t"
            ".purgem inlay_finish"
            : [x] "=&r"(x), [n] "=&r"(n), [rows] "=&r"(rows), [w] "=&r"(w), [tap] "=&r"(tap), [weight] "=&r"(weight)
            : [job] "r"(&job), [start] "i"(offsetof(fp::group_job, rows)), [steps] "i"(offsetof(fp::group_job, tap)),
              [first] "i"(offsetof(fp::group_job, row)), [bias] "i"(offsetof(fp::group_job, bias)), [to] "i"(offsetof(fp::group_job, to)),
              [next] "i"(offsetof(fp::group_job, stride)), [pixels] "i"(offsetof(fp::group_job, pixels)), [stride] "i"(Stride),
              [from_zero] "i"(range.from_zero), [has_lowest] "i"(range.has_lowest), [has_highest] "i"(range.has_highest),
              [lowest_low] "i"(ends.lowest & 0xffff), [lowest_high] "i"(ends.lowest >> 16), [highest_low] "i"(ends.highest & 0xffff),
              [highest_high] "i"(ends.highest >> 16)
            : "lr", "cc", "memory", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7");
    }
};

}  // namespace inlay::mve
