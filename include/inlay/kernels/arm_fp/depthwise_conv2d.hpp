// SPDX-License-Identifier: MIT
//
// Float depthwise convolution on an FPU of single precision: 16, 8 or 4 channels at a time, which lie side by side in the image
// and in the filter alike, pixel by pixel along a row. Taps outside the image are left out.
//
//   per tap   of 16 channels: 4 VLDM, 16 VFMA, 2 steps, 2 of the loop: 1.5 for each multiply-accumulate
//
// Over its input the kernel makes group by group of channels; rows wait in a ring until the input under them has been read.
#pragma once

#include <inlay/kernels/arm_fp/blocks.hpp>
#include <inlay/kernels/arm_fp/depthwise_choice.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace inlay::fp {

/// What a group of channels needs beside registers; ways in bytes.
struct group_job {
    float const* const* rows;      ///< addresses of the image's rows under the filter
    float const* weights;          ///< of the first tap
    int tap;                       ///< from the channels of a tap to those of the next one, in the image
    int weight;                    ///< the same in the filter
    row_taps row;
    float const* const* rows_end;
    float const* bias;
    float* to;
    int stride;                    ///< from a pixel's first tap to the next one's
    int pitch;                     ///< from the end of a pixel's results to the next one's
    int pixels;
};

/// Makes `Channels` channels of a run of pixels.
template <int Channels, auto Kept>
inline void make_group(group_job& job) {
    static_assert(Channels == 4 || Channels == 8 || Channels == 16);
    constexpr range_kind range{Kept};
    constexpr range_bits ends{Kept};
    std::int32_t n, count, tap, weight;
    float const *x, *w;
    float const* const* rows;
    asm volatile(
        ".syntax unified\n\t"
        ".macro inlay_keep x\n\t"
        ".if %c[from_zero]\n\t"
        "bic \\x, \\x, \\x, asr #31\n\t"
        ".endif\n\t"
        ".if %c[has_lowest]\n\t"
        "cmp \\x, %[count]\n\t"
        "it hi\n\t"
        "movhi \\x, %[count]\n\t"
        ".endif\n\t"
        ".if %c[has_highest]\n\t"
        "cmp \\x, %[tap]\n\t"
        "it gt\n\t"
        "movgt \\x, %[tap]\n\t"
        ".endif\n\t"
        ".endm\n\t"
        ".macro inlay_store a b c d p q r s\n\t"
        "vadd.f32 s\\a, s\\a, s\\p\n\t"
        "vadd.f32 s\\b, s\\b, s\\q\n\t"
        "vadd.f32 s\\c, s\\c, s\\r\n\t"
        "vadd.f32 s\\d, s\\d, s\\s\n\t"
        ".if %c[full]\n\t"
        "vstmia %[x]!, {s\\a-s\\d}\n\t"
        ".else\n\t"
        "vmov r4, r5, s\\a, s\\b\n\t"
        "vmov r6, r8, s\\c, s\\d\n\t"
        "inlay_keep r4\n\t"
        "inlay_keep r5\n\t"
        "inlay_keep r6\n\t"
        "inlay_keep r8\n\t"
        "stmia.w %[x]!, {r4, r5, r6, r8}\n\t"
        ".endif\n\t"
        ".endm\n\t"
        ".macro inlay_multiply4 a b c d\n\t"
        "vldmia %[x]!, {s0-s3}\n\t"
        "vldmia %[w]!, {s8-s11}\n\t"
        "vfma.f32 s\\a, s0, s8\n\t"
        "vfma.f32 s\\b, s1, s9\n\t"
        "vfma.f32 s\\c, s2, s10\n\t"
        "vfma.f32 s\\d, s3, s11\n\t"
        ".endm\n\t"
        ".macro inlay_multiply8 a b c d e f g h\n\t"
        "vldmia %[x]!, {s0-s7}\n\t"
        "vldmia %[w]!, {s8-s15}\n\t"
        "vfma.f32 s\\a, s0, s8\n\t"
        "vfma.f32 s\\b, s1, s9\n\t"
        "vfma.f32 s\\c, s2, s10\n\t"
        "vfma.f32 s\\d, s3, s11\n\t"
        "vfma.f32 s\\e, s4, s12\n\t"
        "vfma.f32 s\\f, s5, s13\n\t"
        "vfma.f32 s\\g, s6, s14\n\t"
        "vfma.f32 s\\h, s7, s15\n\t"
        ".endm\n"
        "0:\n\t"
        ".if %c[channels] == 16\n\t"
        "vldmia %[zeros], {s16-s31}\n\t"
        ".elseif %c[channels] == 8\n\t"
        "vldmia %[zeros], {s16-s23}\n\t"
        ".else\n\t"
        "vldmia %[zeros], {s16-s19}\n\t"
        ".endif\n\t"
        "ldrd %[rows], %[w], [%[job], %[start]]\n\t"
        "ldrd %[tap], %[weight], [%[job], %[steps]]\n"
        "1:\n\t"
        "ldr %[x], [%[rows]], #4\n\t"
        "ldrd %[n], %[count], [%[job], %[first]]\n\t"
        "add %[x], %[n]\n"
        "2:\n\t"
        ".if %c[channels] == 4\n\t"
        "inlay_multiply4 16 17 18 19\n\t"
        ".else\n\t"
        "inlay_multiply8 16 17 18 19 20 21 22 23\n\t"
        ".endif\n\t"
        ".if %c[channels] == 16\n\t"
        "inlay_multiply8 24 25 26 27 28 29 30 31\n\t"
        ".endif\n\t"
        "add %[x], %[tap]\n\t"
        "add %[w], %[weight]\n\t"
        "subs %[count], %[count], #1\n\t"
        "bne 2b\n\t"
        "ldrd %[n], %[count], [%[job], %[next_row]]\n\t"
        "add %[w], %[n]\n\t"
        "cmp %[rows], %[count]\n\t"
        "bne 1b\n\t"
        ".if %c[has_lowest]\n\t"
        "movw %[count], %[lowest_low]\n\t"
        "movt %[count], %[lowest_high]\n\t"
        ".endif\n\t"
        ".if %c[has_highest]\n\t"
        "movw %[tap], %[highest_low]\n\t"
        "movt %[tap], %[highest_high]\n\t"
        ".endif\n\t"
        "ldrd %[n], %[x], [%[job], %[bias]]\n\t"
        ".if %c[channels] == 16\n\t"
        "vldmia %[n], {s0-s15}\n\t"
        ".elseif %c[channels] == 8\n\t"
        "vldmia %[n], {s0-s7}\n\t"
        ".else\n\t"
        "vldmia %[n], {s0-s3}\n\t"
        ".endif\n\t"
        "inlay_store 16 17 18 19 0 1 2 3\n\t"
        ".if %c[channels] > 4\n\t"
        "inlay_store 20 21 22 23 4 5 6 7\n\t"
        ".endif\n\t"
        ".if %c[channels] == 16\n\t"
        "inlay_store 24 25 26 27 8 9 10 11\n\t"
        "inlay_store 28 29 30 31 12 13 14 15\n\t"
        ".endif\n\t"
        "ldrd %[n], %[count], [%[job], %[stride]]\n\t"
        "add %[x], %[count]\n\t"
        "str %[x], [%[job], %[to]]\n\t"
        "ldr %[x], [%[job], %[first]]\n\t"
        "add %[x], %[n]\n\t"
        "str %[x], [%[job], %[first]]\n\t"
        "ldr %[n], [%[job], %[pixels]]\n\t"
        "subs %[n], %[n], #1\n\t"
        "str %[n], [%[job], %[pixels]]\n\t"
        "bne 0b\n\t"
        ".purgem inlay_keep\n\t"
        ".purgem inlay_store\n\t"
        ".purgem inlay_multiply4\n\t"
        ".purgem inlay_multiply8"
        : [x] "=&r"(x), [n] "=&r"(n), [count] "=&r"(count), [rows] "=&r"(rows), [w] "=&r"(w), [tap] "=&r"(tap), [weight] "=&r"(weight)
        : [job] "r"(&job), [zeros] "r"(zeros), [start] "i"(offsetof(group_job, rows)), [steps] "i"(offsetof(group_job, tap)),
          [first] "i"(offsetof(group_job, row)), [next_row] "i"(offsetof(group_job, row) + offsetof(row_taps, next_row)), [bias] "i"(offsetof(group_job, bias)),
          [to] "i"(offsetof(group_job, to)), [stride] "i"(offsetof(group_job, stride)), [pixels] "i"(offsetof(group_job, pixels)),
          [channels] "i"(Channels), [from_zero] "i"(range.from_zero), [has_lowest] "i"(range.has_lowest), [has_highest] "i"(range.has_highest),
          [full] "i"(range.is_full()), [lowest_low] "i"(ends.lowest & 0xffff), [lowest_high] "i"(ends.lowest >> 16),
          [highest_low] "i"(ends.highest & 0xffff), [highest_high] "i"(ends.highest >> 16)
        : "r4", "r5", "r6", "r8", "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16",
          "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31");
}

/// Groups of channels on an FPU.
struct fpu_groups {
    template <int Channels, auto Kept>
    static void make(group_job& job) {
        make_group<Channels, Kept>(job);
    }
};

/// A depthwise convolution, and what is known of its rows.
template <class Machine, int Channels, auto Kept>
class group_rows {
public:
    group_rows(depthwise_conv2d_geometry const& geometry, row_view<float const> in, float_bank<Kept, plain_layout> const& bank)
        : geometry_{geometry}, in_{in}, bank_{bank}, run_count_{find_runs(geometry, runs_, most_runs)} {
        int const channels = geometry.out.c();
        job_.rows = rows_;
        job_.tap = (geometry.dilation_w * channels - Channels) * 4;
        job_.weight = (channels - Channels) * 4;
        job_.stride = geometry.stride_w * channels * 4;
    }

    /// Makes channels `first` to `first + Channels` of a row; its pixels lie `pitch` floats apart.
    void make(int row, int first, float* to, int pitch) {
        auto const& g = geometry_;
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        taps_inside const vertical{-iy, g.filter.h(), g.dilation_h, g.in.h()};
        for (int fy = 0; fy < vertical.count; ++fy) rows_[fy] = in_[n * g.in.h() + iy + (vertical.first + fy) * g.dilation_h] + first;
        auto const* const weights = bank_.filter + vertical.first * g.filter.w() * g.out.c() + first;
        job_.rows_end = rows_ + vertical.count;
        job_.bias = bank_.bias + first;
        job_.to = to;
        job_.pitch = (pitch - Channels) * 4;
        for (auto const* run = runs_; run != runs_ + run_count_; ++run) {
            if (vertical.count == 0 || run->row.columns == 0) {
                for (int i = 0; i < run->pixels; ++i, job_.to += pitch) {
                    for (int o = 0; o < Channels; ++o) job_.to[o] = bank_.finish(0, first + o);
                }
                continue;
            }
            job_.weights = weights + run->skipped;
            job_.row = run->row;
            job_.pixels = run->pixels;
            Machine::template make<Channels, Kept>(job_);
        }
    }

private:
    depthwise_conv2d_geometry const& geometry_;
    row_view<float const> in_;
    float_bank<Kept, plain_layout> const& bank_;
    float const* rows_[most_filter_rows];
    tap_run runs_[most_runs];
    int run_count_;
    group_job job_;
};

template <class Machine, int Channels, auto Kept>
[[gnu::noinline]] void convolve_groups(depthwise_conv2d_geometry const& g, rows made, row_view<float> out, row_view<float const> in,
                                       float_bank<Kept, plain_layout> const& bank, float* waiting) {
    int const channels = g.out.c();
    int const width = g.out.w();
    group_rows<Machine, Channels, Kept> maker{g, in, bank};
    if (out.data != in.data) {
        for (int row = made.first; row < made.first + made.count; ++row) {
            for (int o = 0; o < channels; o += Channels) {
                int const first = std::min(o, channels - Channels);
                maker.make(row, first, out[row] + first, channels);
            }
        }
        return;
    }
    int const slots = waiting_rows(g);
    for (int o = 0; o < channels; o += Channels) {
        int slot = 0;
        int stored = 0;
        auto const store = [&](int from) { copy_runs(out[stored++] + o, (channels - Channels) * 4, waiting + from * width * Channels, 0, Channels, width); };
        for (int row = 0; row < g.out.h(); ++row) {
            maker.make(row, o, waiting + slot * width * Channels, Channels);
            slot = slot + 1 == slots ? 0 : slot + 1;
            if (row + 1 >= slots) store(slot);
        }
        // The rest, the oldest first.
        while (stored < g.out.h()) {
            slot = slot + 1 == slots ? 0 : slot + 1;
            store(g.out.h() < slots ? stored : slot);
        }
    }
}

}  // namespace inlay::fp
