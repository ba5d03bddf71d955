// SPDX-License-Identifier: MIT
//
// Depthwise convolution 3x3 on Helium. VST4 interleaves four image rows of sixteen channels, so that four rows of a column of a
// channel are one word. Three such words, gathered by one VLDRW, are the windows of two output rows, one below the other:
// VMLADAV with the weights (w0 w1 w2 0) makes the upper result, with (0 w0 w1 w2) the lower one.
//
//   tile     4 channels x 4 columns x 2 rows: for each channel 4 VLDRW, 8 VMLADAV for 72 multiply-accumulates; with stride 2 one row
//   results  columns are lanes; as in quad_blocks.hpp, the four channels' results are stored together, 33 instructions for 16
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_mve/depthwise_choice.hpp>

#include <arm_mve.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace inlay::mve {

/// Interleaves four rows of a group of channels, column by column. A row that does not move repeats its 16 bytes.
struct interleaved_rows {
    std::int8_t const* row[4];
    int step[4];

    void write(std::int8_t* to, int columns, mve_pred16_t channels) {
        auto const *a = row[0], *b = row[1], *c = row[2], *d = row[3];
        for (; columns > 0; --columns, to += column_bytes, a += step[0], b += step[1], c += step[2], d += step[3]) {
            int8x16x4_t const rows{vldrbq_z_s8(a, channels), vldrbq_z_s8(b, channels), vldrbq_z_s8(c, channels), vldrbq_z_s8(d, channels)};
            vst4q_s8(to, rows);
        }
    }
};

/// What a tile needs beside registers.
struct window_job {
    std::int8_t const* filter;
    std::int8_t const* filter_end;
    lane_channels<1> const* by;
    std::int8_t* upper;
    std::int8_t* lower;
    int zero_point;
    struct {
        int lowest;
        int highest;
    } kept;
    struct {
        std::uint32_t outer;  ///< the predicate of the channels 0 and 2 of four, and of 1 and 3, column by column
        std::uint32_t inner;
    } present;
    std::uint32_t const* words;    ///< where the tile's first window lies, less a channel
    std::uint16_t const* offsets;  ///< of the results of the channels 0 and 2 of four, column by column
};

/// Makes a tile of groups of four channels, up to job.filter_end. Registers are named as in quad_blocks.hpp.
template <range_kind Range, int Stride, bool TwoRows>
[[gnu::always_inline]] inline void make_tile(window_job const& job) {
    register window_job const* at asm("r0") = &job;
    asm volatile(
        ".macro inlay_window sum_upper sum_lower at:vararg\n\t"
        "vldrw.u32 q3, \\at\n\t"
        "vmladav.s8 \\sum_upper, q3, q1\n\t"
        ".if %c[two]\n\t"
        "vmladav.s8 \\sum_lower, q3, q2\n\t"
        ".endif\n\t"
        ".endm\n\t"
        ".macro inlay_finish sums narrow target\n\t"
        "vadd.i32 \\sums, \\sums, r0\n\t"
        "vqrdmulh.s32 \\sums, \\sums, r2\n\t"
        ".if %c[away]\n\t"
        "vshr.s32 q3, \\sums, #31\n\t"
        "vadd.i32 \\sums, \\sums, q3\n\t"
        ".endif\n\t"
        "vrshl.s32 \\sums, r4\n\t"
        "\\narrow \\target, \\sums\n\t"
        ".endm\n\t"
        ".macro inlay_channel narrow upper lower\n\t"
        "vldrw.u32 q1, [r1], #12\n\t"
        "vmov.32 q1[3], r11\n\t"  // the fourth word gathered is any
        ".if %c[two]\n\t"
        "vshl.i32 q2, q1, #8\n\t"
        ".endif\n\t"
        "inlay_window r0 r8 [q0, #4]!\n\t"
        "inlay_window r2 r10 [q0, #%c[step]]\n\t"
        "inlay_window r4 r12 [q0, #(2 * %c[step])]\n\t"
        "inlay_window r6 r14 [q0, #(3 * %c[step])]\n\t"
        "vmov q1[2], q1[0], r0, r4\n\t"
        "vmov q1[3], q1[1], r2, r6\n\t"
        ".if %c[two]\n\t"
        "vmov q2[2], q2[0], r8, r12\n\t"
        "vmov q2[3], q2[1], r10, r14\n\t"
        ".endif\n\t"
        "ldm r3!, {r0, r2, r4}\n\t"
        "inlay_finish q1 \\narrow \\upper\n\t"
        ".if %c[two]\n\t"
        "inlay_finish q2 \\narrow \\lower\n\t"
        ".endif\n\t"
        ".endm\n\t"
        // Halfwords to bytes: in the low ones of halfwords.
        ".macro inlay_keep to from\n\t"
        "vqadd.s16 \\from, \\from, r9\n\t"
        ".if %c[full]\n\t"
        "vqmovnb.s16 \\to, \\from\n\t"
        ".else\n\t"
        "vmax.s16 \\from, \\from, q1\n\t"
        "vmin.s16 \\to, \\from, q2\n\t"
        ".endif\n\t"
        ".endm\n\t"
        // Compilers differ in whether p0 can be said to be lost.
        "vmrs r1, p0\n\t"
        "push {r0, r1, r7}\n\t"
        "ldr r1, [r0, #%c[filter]]\n\t"
        "ldr r3, [r0, #%c[by]]\n\t"
        "ldr r5, [r0, #%c[upper]]\n\t"
        "ldr r7, [r0, #%c[lower]]\n\t"
        "ldr r9, [r0, #%c[zero]]\n\t"
        "ldr r0, [r0, #%c[words]]\n\t"
        "mov r11, #0\n\t"
        "vldrw.u32 q0, [r0]\n"
        "3:\n\t"
        "inlay_channel vqmovnb.s32 q4 q6\n\t"
        "inlay_channel vqmovnb.s32 q5 q7\n\t"
        "inlay_channel vqmovnt.s32 q4 q6\n\t"
        "inlay_channel vqmovnt.s32 q5 q7\n\t"
        ".if %c[full] == 0\n\t"
        "ldr r0, [sp]\n\t"
        "ldrd r0, r2, [r0, #%c[kept]]\n\t"
        "vdup.16 q1, r0\n\t"
        "vdup.16 q2, r2\n\t"
        ".endif\n\t"
        "inlay_keep q3 q4\n\t"
        "inlay_keep q4 q5\n\t"
        ".if %c[two]\n\t"
        "inlay_keep q5 q6\n\t"
        "inlay_keep q6 q7\n\t"
        ".endif\n\t"
        "ldr r6, [sp]\n\t"
        "ldr r0, [r6, #%c[offsets]]\n\t"
        "vldrh.u16 q1, [r0]\n\t"
        "ldrd r2, r4, [r6, #%c[present]]\n\t"
        "ldr r8, [r6, #%c[end]]\n\t"
        "add r0, r5, #1\n\t"
        "vmsr p0, r2\n\t"
        ".if %c[two]\n\t"
        "add r6, r7, #1\n\t"
        "vpstt\n\t"
        "vstrbt.16 q3, [r5, q1]\n\t"
        "vstrbt.16 q5, [r7, q1]\n\t"
        "vmsr p0, r4\n\t"
        "vpstt\n\t"
        "vstrbt.16 q4, [r0, q1]\n\t"
        "vstrbt.16 q6, [r6, q1]\n\t"
        "add r7, r7, #4\n\t"
        ".else\n\t"
        "vpst\n\t"
        "vstrbt.16 q3, [r5, q1]\n\t"
        "vmsr p0, r4\n\t"
        "vpst\n\t"
        "vstrbt.16 q4, [r0, q1]\n\t"
        ".endif\n\t"
        "add r5, r5, #4\n\t"
        "cmp r1, r8\n\t"
        "bne 3b\n\t"
        "pop {r0, r1, r7}\n\t"
        "vmsr p0, r1\n\t"
        ".purgem inlay_window\n\t"
        ".purgem inlay_finish\n\t"
        ".purgem inlay_channel\n\t"
        ".purgem inlay_keep"
        : [at] "+r"(at)
        : [filter] "i"(offsetof(window_job, filter)), [end] "i"(offsetof(window_job, filter_end)), [by] "i"(offsetof(window_job, by)),
          [upper] "i"(offsetof(window_job, upper)), [lower] "i"(offsetof(window_job, lower)), [zero] "i"(offsetof(window_job, zero_point)),
          [kept] "i"(offsetof(window_job, kept)), [present] "i"(offsetof(window_job, present)), [words] "i"(offsetof(window_job, words)),
          [offsets] "i"(offsetof(window_job, offsets)), [step] "i"(Stride * column_bytes), [two] "i"(TwoRows), [away] "i"(Range.away_from_zero),
          [full] "i"(Range.is_full)
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "r14", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "cc", "memory");
}

/// The predicate of `columns` columns and of the channels of four that count, first or second of each column.
inline std::uint32_t present_lanes(int columns, bool first, bool second) {
    std::uint32_t const each = (first ? 0x3U : 0U) + (second ? 0xcU : 0U);
    return (each * 0x1111U) & (columns < 4 ? (1U << (4 * columns)) - 1 : 0xffffU);
}

/// The results of a group of channels, in one or two rows, from interleaved columns.
struct segment {
    std::int8_t const* filter;
    lane_channels<1> const* by;
    int channels;  ///< of the group
    int columns;   ///< of results
    int pixel;     ///< elements from a result to the next
    int zero_point;
    int lowest;
    int highest;
    std::int8_t* upper;
    std::int8_t* lower;
};

template <range_kind Range, int Stride, bool TwoRows>
[[gnu::noinline]] void make_segment(segment const& s, std::int8_t const* scratch) {
    std::uint16_t offsets[8];
    for (int p = 0; p < 4; ++p) {
        offsets[2 * p] = static_cast<std::uint16_t>(p * s.pixel);
        offsets[2 * p + 1] = static_cast<std::uint16_t>(offsets[2 * p] + 2);
    }
    std::uint32_t words[4];
    auto const first = static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(scratch)) - 4;
    for (unsigned i = 0; i < 4; ++i) words[i] = first + (i < 3 ? i : 0) * column_bytes;
    window_job job;
    job.zero_point = s.zero_point;
    job.kept = {s.lowest, s.highest};
    job.words = words;
    job.offsets = offsets;
    int const whole = s.channels / 4 * 4;
    int const rest = s.channels % 4;
    job.upper = s.upper;
    job.lower = s.lower;
    for (int columns = s.columns; columns > 0; columns -= 4, job.upper += 4 * s.pixel, job.lower += TwoRows ? 4 * s.pixel : 0) {
        job.filter = s.filter;
        job.by = s.by;
        job.filter_end = s.filter + whole * window_bytes;
        job.present = {present_lanes(columns, true, true), present_lanes(columns, true, true)};
        if (whole > 0) make_tile<Range, Stride, TwoRows>(job);
        if (rest > 0) {
            for (auto& each : words) each += static_cast<std::uint32_t>(whole) * 4;
            job.filter = job.filter_end;
            job.filter_end += 4 * window_bytes;
            job.by += whole;
            job.upper += whole;
            if constexpr (TwoRows) job.lower += whole;
            job.present = {present_lanes(columns, true, rest > 2), present_lanes(columns, rest > 1, false)};
            make_tile<Range, Stride, TwoRows>(job);
            job.upper -= whole;
            if constexpr (TwoRows) job.lower -= whole;
            for (auto& each : words) each -= static_cast<std::uint32_t>(whole) * 4;
        }
        for (auto& each : words) each += 4 * Stride * column_bytes;
    }
}

/// Filters with rows and columns exchanged.
inline void transpose_windows(std::int8_t const* filter, int channels, std::int8_t* to) {
    for (int c = 0; c < channels; ++c, filter += window_bytes, to += window_bytes) {
        for (int x = 0; x < 3; ++x) {
            for (int y = 0; y < 4; ++y) to[x * 4 + y] = y < 3 ? filter[y * 4 + x] : std::int8_t{0};
        }
    }
}

/// Makes rows; where `walks_down` says so and all rows lie one after the other, columns take the place of rows.
template <int Stride, class Bank>
[[gnu::noinline]] void convolve_windows(depthwise_conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                        Bank const& bank, std::int8_t* scratch) {
    int const channels = g.in.c();
    bool const down = walks_down(g) && in.ring == 0 && out.ring == 0 && made.first % g.out.h() == 0 && made.count % g.out.h() == 0 && out.pitch <= most_pixel;
    int const height = down ? g.in.w() : g.in.h();
    int const length = down ? g.in.h() : g.in.w();
    int const results = down ? g.out.h() : g.out.w();
    int const top = down ? g.pad_left : g.pad_top;
    int const before = down ? g.pad_top : g.pad_left;
    int const in_pixel = down ? in.pitch : channels;
    int const out_pixel = down ? out.pitch : channels;
    int const width = segment_columns(results, Stride);
    auto* const transposed = scratch + ((width - 1) * Stride + 3) * column_bytes;
    alignas(4) std::int8_t border[column_channels];
    std::fill_n(border, column_channels, static_cast<std::int8_t>(bank.input_zero_point));
    for (int c = 0; c < channels; c += column_channels) {
        int const group = std::min(channels - c, column_channels);
        auto const kept = vctp8q(static_cast<std::uint32_t>(group));
        auto const* filter = bank.filter + c * window_bytes;
        if (down) {
            transpose_windows(filter, window_channels(group), transposed);
            filter = transposed;
        }
        for (int row = made.first; row < made.first + made.count;) {
            int const n = row / g.out.h();
            int const first = row % g.out.h();
            int const count = std::min(g.out.h() - first, made.first + made.count - row);
            int const end = down ? g.out.w() : first + count;
            auto const line_of_image = [&](int at) { return (down ? in[n * g.in.h()] + at * channels : in[n * g.in.h() + at]) + c; };
            auto const line_of_result = [&](int at) { return (down ? out[n * g.out.h()] + at * channels : out[n * g.out.h() + at]) + c; };
            for (int y = down ? 0 : first; y < end;) {
                bool const two = Stride == 1 && y + 1 < end;
                auto* const upper = line_of_result(y);
                auto* const lower = two ? line_of_result(y + 1) : upper;
                for (int x = 0; x < results; x += width) {
                    int const columns = std::min(width, results - x);
                    int const read = (columns - 1) * Stride + 3;
                    int const ix = x * Stride - before;
                    int const left = std::clamp(-ix, 0, read);
                    int const right = std::clamp(length - ix, left, read);
                    interleaved_rows inside;
                    for (int r = 0; r < 4; ++r) {
                        int const iy = y * Stride - top + r;
                        bool const is_inside = iy >= 0 && iy < height && (two || r < 3);
                        inside.row[r] = is_inside ? line_of_image(iy) + (ix + left) * in_pixel : border;
                        inside.step[r] = is_inside ? in_pixel : 0;
                    }
                    interleaved_rows outside{{border, border, border, border}, {}};
                    outside.write(scratch, left, kept);
                    inside.write(scratch + left * column_bytes, right - left, kept);
                    outside.write(scratch + right * column_bytes, read - right, kept);
                    segment const s{filter, bank.channels + c, group, columns, out_pixel, bank.zero_point, bank.kept.lowest, bank.kept.highest,
                                    upper + x * out_pixel, lower + x * out_pixel};
                    if constexpr (Stride == 1) {
                        two ? make_segment<Bank::range, 1, true>(s, scratch) : make_segment<Bank::range, 1, false>(s, scratch);
                    } else {
                        make_segment<Bank::range, 2, false>(s, scratch);
                    }
                }
                y += two ? 2 : 1;
            }
            row += count;
        }
    }
}

}  // namespace inlay::mve

namespace inlay {

/// Depthwise convolution 3x3: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, class Scratch>
    requires(mve::makes_windows(Geometry))
inline void convolve_depthwise(isa::arm_mve, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               mve::window_bank<Scheme, Range> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= mve::window_convolution(Geometry).scratch_words);
    mve::convolve_windows<Geometry.stride_w>(Geometry, made, out, in, bank, reinterpret_cast<std::int8_t*>(scratch.data()));
}

}  // namespace inlay
