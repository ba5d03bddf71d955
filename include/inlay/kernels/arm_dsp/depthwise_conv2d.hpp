// SPDX-License-Identifier: MIT
//
// Depthwise convolution 3x3 on the DSP extension, four channels at a time. Two rows of the image are packed into one: a word
// holds the inputs of a channel at one column, row r below and row r + 1 above. With P = (r, r + 1), Q = (r + 2, r + 3) and the
// three weights of a filter column as words u = (w0, w1), v = (w1, w2), the results of rows r and r + 1 take per column
//
//     smlad(P, u) + smlabt(Q, v)          w0 x(r)     + w1 x(r+1) + w2 x(r+2)
//     smlatb(P, u) + smlad(Q, v)          w0 x(r+1)   + w1 x(r+2) + w2 x(r+3)
//
//   tile       stride 1: 2 rows x 2 columns of one channel, 28 instructions for 36 multiply-accumulates; stride 2: 1 row x 2
//              columns. Weights of the channel in 6 registers, 4 sums, 2 words of inputs, 1 pointer: 13 registers; what the
//              results need is fetched from the stack
//   packing    each input once, 2 instructions; Q stays for the next two rows, so that P and Q change places
//   weights    doubled, for SMMLAR
//
// A missing row or column of a tile is stored first, where the one that counts is stored after it. The last group of
// channels overlaps the one before.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/depthwise_choice.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::dsp {

/// What the tiles of one channel and row need beside registers.
struct column_job {
    std::uint32_t const* weights;
    std::int32_t start;
    channel_pair::factor factor;
    std::int32_t shift;
    struct {
        int lowest;
        int highest;
    } kept;
    int stride;  ///< bytes from a column of the result to the next
    std::int8_t* upper;
    std::int8_t* lower;
    std::uint32_t const* end;
};

/// Two columns of two rows at a time, up to job.end. `Swapped`: P lies behind Q.
template <range_kind Range, bool Swapped>
inline std::uint32_t const* make_two_rows(column_job& job, std::uint32_t const* columns) {
    std::int32_t a0, a1, b0, b1, x0, x1;
    asm volatile(
        ".syntax unified\n\t"
        "ldr %[x0], %[weights]\n\t"
        "ldmia.w %[x0], {r4, r5, r6, r8, r9, r10}\n"
        "1:\n\t"
        "ldr %[b1], %[start]\n\t"
        ".if %c[swapped]\n\t"
        "ldrd %[x1], %[x0], [%[p]], #64\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], [%[p]], #64\n\t"
        ".endif\n\t"
        "smlad %[a0], %[x0], r4, %[b1]\n\t"
        "smlatb %[b0], %[x0], r4, %[b1]\n\t"
        "smlabt %[a0], %[x1], r5, %[a0]\n\t"
        "smlad %[b0], %[x1], r5, %[b0]\n\t"
        ".if %c[swapped]\n\t"
        "ldrd %[x1], %[x0], [%[p], #-32]\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], [%[p], #-32]\n\t"
        ".endif\n\t"
        "smlad %[a0], %[x0], r6, %[a0]\n\t"
        "smlatb %[b0], %[x0], r6, %[b0]\n\t"
        "smlabt %[a0], %[x1], r8, %[a0]\n\t"
        "smlad %[b0], %[x1], r8, %[b0]\n\t"
        "smlad %[a1], %[x0], r4, %[b1]\n\t"
        "smlatb %[b1], %[x0], r4, %[b1]\n\t"
        "smlabt %[a1], %[x1], r5, %[a1]\n\t"
        "smlad %[b1], %[x1], r5, %[b1]\n\t"
        ".if %c[swapped]\n\t"
        "ldrd %[x1], %[x0], [%[p], #0]\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], [%[p], #0]\n\t"
        ".endif\n\t"
        "smlad %[a0], %[x0], r9, %[a0]\n\t"
        "smlatb %[b0], %[x0], r9, %[b0]\n\t"
        "smlabt %[a0], %[x1], r10, %[a0]\n\t"
        "smlad %[b0], %[x1], r10, %[b0]\n\t"
        "smlad %[a1], %[x0], r6, %[a1]\n\t"
        "smlatb %[b1], %[x0], r6, %[b1]\n\t"
        "smlabt %[a1], %[x1], r8, %[a1]\n\t"
        "smlad %[b1], %[x1], r8, %[b1]\n\t"
        ".if %c[swapped]\n\t"
        "ldrd %[x1], %[x0], [%[p], #32]\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], [%[p], #32]\n\t"
        ".endif\n\t"
        "smlad %[a1], %[x0], r9, %[a1]\n\t"
        "smlatb %[b1], %[x0], r9, %[b1]\n\t"
        "smlabt %[a1], %[x1], r10, %[a1]\n\t"
        "smlad %[b1], %[x1], r10, %[b1]\n\t"
        "ldrd %[x0], %[x1], %[factor]\n\t"
        ".if %c[away]\n\t"
        "ldrd %[x0], %[x1], %[factor]\n\t"
        "add %[x1], %[x1], %[a0], asr #31\n\t"
        ".endif\n\t"
        "smmlar %[a0], %[a0], %[x0], %[x1]\n\t"
        ".if %c[away]\n\t"
        "ldrd %[x0], %[x1], %[factor]\n\t"
        "add %[x1], %[x1], %[a1], asr #31\n\t"
        ".endif\n\t"
        "smmlar %[a1], %[a1], %[x0], %[x1]\n\t"
        ".if %c[away]\n\t"
        "ldrd %[x0], %[x1], %[factor]\n\t"
        "add %[x1], %[x1], %[b0], asr #31\n\t"
        ".endif\n\t"
        "smmlar %[b0], %[b0], %[x0], %[x1]\n\t"
        ".if %c[away]\n\t"
        "ldrd %[x0], %[x1], %[factor]\n\t"
        "add %[x1], %[x1], %[b1], asr #31\n\t"
        ".endif\n\t"
        "smmlar %[b1], %[b1], %[x0], %[x1]\n\t"
        "ldr %[x0], %[shift]\n\t"
        "asr %[a0], %[a0], %[x0]\n\t"
        "asr %[a1], %[a1], %[x0]\n\t"
        "asr %[b0], %[b0], %[x0]\n\t"
        "asr %[b1], %[b1], %[x0]\n\t"
        ".if %c[full]\n\t"
        "ssat %[a0], #8, %[a0]\n\t"
        "ssat %[a1], #8, %[a1]\n\t"
        "ssat %[b0], #8, %[b0]\n\t"
        "ssat %[b1], #8, %[b1]\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], %[kept]\n\t"
        "cmp %[a0], %[x0]\n\t"
        "it lt\n\t"
        "movlt %[a0], %[x0]\n\t"
        "cmp %[a0], %[x1]\n\t"
        "it gt\n\t"
        "movgt %[a0], %[x1]\n\t"
        "cmp %[a1], %[x0]\n\t"
        "it lt\n\t"
        "movlt %[a1], %[x0]\n\t"
        "cmp %[a1], %[x1]\n\t"
        "it gt\n\t"
        "movgt %[a1], %[x1]\n\t"
        "cmp %[b0], %[x0]\n\t"
        "it lt\n\t"
        "movlt %[b0], %[x0]\n\t"
        "cmp %[b0], %[x1]\n\t"
        "it gt\n\t"
        "movgt %[b0], %[x1]\n\t"
        "cmp %[b1], %[x0]\n\t"
        "it lt\n\t"
        "movlt %[b1], %[x0]\n\t"
        "cmp %[b1], %[x1]\n\t"
        "it gt\n\t"
        "movgt %[b1], %[x1]\n\t"
        ".endif\n\t"
        "ldr %[x0], %[lower]\n\t"
        "ldr %[x1], %[stride]\n\t"
        "strb %[b1], [%[x0], %[x1]]\n\t"
        "strb %[b0], [%[x0]]\n\t"
        "add %[x0], %[x0], %[x1], lsl #1\n\t"
        "str %[x0], %[lower]\n\t"
        "ldr %[x0], %[upper]\n\t"
        "strb %[a1], [%[x0], %[x1]]\n\t"
        "strb %[a0], [%[x0]]\n\t"
        "add %[x0], %[x0], %[x1], lsl #1\n\t"
        "str %[x0], %[upper]\n\t"
        "ldr %[x0], %[end]\n\t"
        "cmp %[p], %[x0]\n\t"
        "bne 1b"
        : [p] "+&r"(columns), [a0] "=&r"(a0), [a1] "=&r"(a1), [b0] "=&r"(b0), [b1] "=&r"(b1), [x0] "=&r"(x0), [x1] "=&r"(x1),
          [upper] "+m"(job.upper), [lower] "+m"(job.lower)
        : [weights] "m"(job.weights), [start] "m"(job.start), [factor] "m"(job.factor), [shift] "m"(job.shift), [kept] "m"(job.kept),
          [stride] "m"(job.stride), [end] "m"(job.end), [swapped] "i"(Swapped), [away] "i"(Range.away_from_zero), [full] "i"(Range.is_full)
        : "r4", "r5", "r6", "r8", "r9", "r10", "cc", "memory");
    return columns;
}

/// Two columns of one row at a time, stride 2.
template <range_kind Range, bool Swapped>
inline std::uint32_t const* make_one_row(column_job& job, std::uint32_t const* columns) {
    std::int32_t a0, a1, x0, x1;
    asm volatile(
        ".syntax unified\n\t"
        "ldr %[x0], %[weights]\n\t"
        "ldmia.w %[x0], {r4, r5, r6, r8, r9, r10}\n"
        "1:\n\t"
        "ldr %[a1], %[start]\n\t"
        ".if %c[swapped]\n\t"
        "ldrd %[x1], %[x0], [%[p]], #128\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], [%[p]], #128\n\t"
        ".endif\n\t"
        "smlad %[a0], %[x0], r4, %[a1]\n\t"
        "smlabt %[a0], %[x1], r5, %[a0]\n\t"
        ".if %c[swapped]\n\t"
        "ldrd %[x1], %[x0], [%[p], #-96]\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], [%[p], #-96]\n\t"
        ".endif\n\t"
        "smlad %[a0], %[x0], r6, %[a0]\n\t"
        "smlabt %[a0], %[x1], r8, %[a0]\n\t"
        ".if %c[swapped]\n\t"
        "ldrd %[x1], %[x0], [%[p], #-64]\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], [%[p], #-64]\n\t"
        ".endif\n\t"
        "smlad %[a0], %[x0], r9, %[a0]\n\t"
        "smlabt %[a0], %[x1], r10, %[a0]\n\t"
        "smlad %[a1], %[x0], r4, %[a1]\n\t"
        "smlabt %[a1], %[x1], r5, %[a1]\n\t"
        ".if %c[swapped]\n\t"
        "ldrd %[x1], %[x0], [%[p], #-32]\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], [%[p], #-32]\n\t"
        ".endif\n\t"
        "smlad %[a1], %[x0], r6, %[a1]\n\t"
        "smlabt %[a1], %[x1], r8, %[a1]\n\t"
        ".if %c[swapped]\n\t"
        "ldrd %[x1], %[x0], [%[p], #0]\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], [%[p], #0]\n\t"
        ".endif\n\t"
        "smlad %[a1], %[x0], r9, %[a1]\n\t"
        "smlabt %[a1], %[x1], r10, %[a1]\n\t"
        "ldrd %[x0], %[x1], %[factor]\n\t"
        ".if %c[away]\n\t"
        "ldrd %[x0], %[x1], %[factor]\n\t"
        "add %[x1], %[x1], %[a0], asr #31\n\t"
        ".endif\n\t"
        "smmlar %[a0], %[a0], %[x0], %[x1]\n\t"
        ".if %c[away]\n\t"
        "ldrd %[x0], %[x1], %[factor]\n\t"
        "add %[x1], %[x1], %[a1], asr #31\n\t"
        ".endif\n\t"
        "smmlar %[a1], %[a1], %[x0], %[x1]\n\t"
        "ldr %[x0], %[shift]\n\t"
        "asr %[a0], %[a0], %[x0]\n\t"
        "asr %[a1], %[a1], %[x0]\n\t"
        ".if %c[full]\n\t"
        "ssat %[a0], #8, %[a0]\n\t"
        "ssat %[a1], #8, %[a1]\n\t"
        ".else\n\t"
        "ldrd %[x0], %[x1], %[kept]\n\t"
        "cmp %[a0], %[x0]\n\t"
        "it lt\n\t"
        "movlt %[a0], %[x0]\n\t"
        "cmp %[a0], %[x1]\n\t"
        "it gt\n\t"
        "movgt %[a0], %[x1]\n\t"
        "cmp %[a1], %[x0]\n\t"
        "it lt\n\t"
        "movlt %[a1], %[x0]\n\t"
        "cmp %[a1], %[x1]\n\t"
        "it gt\n\t"
        "movgt %[a1], %[x1]\n\t"
        ".endif\n\t"
        "ldr %[x0], %[upper]\n\t"
        "ldr %[x1], %[stride]\n\t"
        "strb %[a1], [%[x0], %[x1]]\n\t"
        "strb %[a0], [%[x0]]\n\t"
        "add %[x0], %[x0], %[x1], lsl #1\n\t"
        "str %[x0], %[upper]\n\t"
        "ldr %[x0], %[end]\n\t"
        "cmp %[p], %[x0]\n\t"
        "bne 1b"
        : [p] "+&r"(columns), [a0] "=&r"(a0), [a1] "=&r"(a1), [x0] "=&r"(x0), [x1] "=&r"(x1), [upper] "+m"(job.upper)
        : [weights] "m"(job.weights), [start] "m"(job.start), [factor] "m"(job.factor), [shift] "m"(job.shift), [kept] "m"(job.kept),
          [stride] "m"(job.stride), [end] "m"(job.end), [swapped] "i"(Swapped), [away] "i"(Range.away_from_zero), [full] "i"(Range.is_full)
        : "r4", "r5", "r6", "r8", "r9", "r10", "cc", "memory");
    return columns;
}

/// The columns of one channel in one or two rows of the result.
template <range_kind Range, int Stride, bool Swapped>
[[gnu::noinline]] void make_columns(column_job job, std::uint32_t const* columns, int width) {
    constexpr int tile_words = 2 * Stride * column_words;
    int const whole = width / 2;
    bool rest = width % 2 != 0;
    job.end = columns + whole * tile_words;
    if (whole == 0) {
        rest = false;
        job.stride = 0;
        job.end += tile_words;
    }
    for (;;) {
        if constexpr (Stride == 1) {
            columns = make_two_rows<Range, Swapped>(job, columns);
        } else {
            columns = make_one_row<Range, Swapped>(job, columns);
        }
        if (!rest) return;
        rest = false;
        job.stride = 0;
        job.end += tile_words;
    }
}

/// The doubled weights of four channels, for each the words u and v of the three filter columns.
inline void unpack_weights(std::int8_t const* filter, int channels, std::uint32_t* to) {
    for (int fx = 0; fx < 3; ++fx, to += 2) {
        auto const* from = filter + fx * channels;
        std::uint32_t even[3], odd[3];
        for (int fy = 0; fy < 3; ++fy) {
            auto const word = load_word(from + fy * 3 * channels);
            even[fy] = sxtb16(word);
            odd[fy] = sxtb16_ror8(word);
            even[fy] = sadd16(even[fy], even[fy]);
            odd[fy] = sadd16(odd[fy], odd[fy]);
        }
        for (int v = 0; v < 2; ++v) {
            to[v] = pkhbt(even[v], even[v + 1]);
            to[v + channel_words] = pkhbt(odd[v], odd[v + 1]);
            to[v + 2 * channel_words] = pkhtb(even[v + 1], even[v]);
            to[v + 3 * channel_words] = pkhtb(odd[v + 1], odd[v]);
        }
    }
}

/// A row of the image from some column on; a row outside is the zero point, again and again.
struct packed_row {
    std::int8_t const* from;
    int step;
};

/// Packs `count` columns of two rows, four channels, into P or Q.
[[gnu::noinline]] inline void pack_columns(packed_row lower, packed_row upper, int count, std::uint32_t* to) {
#pragma GCC unroll 2
    for (auto const* const end = to + count * column_words; to != end; to += column_words) {
        auto const a = load_word(lower.from);
        auto const b = load_word(upper.from);
        lower.from += lower.step;
        upper.from += upper.step;
        auto const a_even = sxtb16(a);
        auto const a_odd = sxtb16_ror8(a);
        auto const b_even = sxtb16(b);
        auto const b_odd = sxtb16_ror8(b);
        to[0] = pkhbt(a_even, b_even);
        to[2] = pkhbt(a_odd, b_odd);
        to[4] = pkhtb(b_even, a_even);
        to[6] = pkhtb(b_odd, a_odd);
    }
}

template <int Stride, class Bank>
[[gnu::noinline]] void convolve_columns(depthwise_conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                        Bank const& bank, std::uint32_t* columns) {
    int const channels = g.in.c();
    auto* const weights = columns + columns_read(g) * column_words;
    std::uint32_t const zeros = static_cast<std::uint32_t>(bank.input_zero_point & 0xff) * 0x01010101U;
    std::uint32_t const wide_zeros = static_cast<std::uint32_t>(bank.input_zero_point & 0xffff) * 0x10001U;
    int const inside = std::min(g.in.w(), columns_read(g) - g.pad_left);
    auto* const first_column = columns + g.pad_left * column_words;
    std::fill(columns, first_column, wide_zeros);
    std::fill(first_column + inside * column_words, weights, wide_zeros);
    for (int c = 0; c < channels; c += 4) {
        int const base = std::min(c, channels - 4);
        unpack_weights(bank.filter + base, channels, weights);
        for (int row = made.first; row < made.first + made.count;) {
            int const n = row / g.out.h();
            int const y = row % g.out.h();
            int const end = std::min(row + g.out.h() - y, made.first + made.count);
            int iy = y * Stride - g.pad_top;
            auto const row_at = [&](int at) {
                if (at < 0 || at >= g.in.h()) return packed_row{reinterpret_cast<std::int8_t const*>(&zeros), 0};
                return packed_row{in[n * g.in.h() + at] + base, channels};
            };
            pack_columns(row_at(iy), row_at(iy + 1), inside, first_column);
            constexpr int rows_at_once = Stride == 1 ? 2 : 1;
            for (bool swapped = false; row < end; row += rows_at_once, iy += 2, swapped = !swapped) {
                pack_columns(row_at(iy + 2), row_at(iy + 3), inside, first_column + (swapped ? 0 : 1));
                auto* const upper = out[row] + base;
                auto* const lower = row + 1 < end ? out[row + 1] + base : upper;
                for (int k = c - base; k < 4; ++k) {
                    auto const& channel = bank.channels[base + k];
                    column_job const job{weights + k * channel_words, channel.start * 2, channel.factor, channel.shift,
                                         {bank.kept.lowest, bank.kept.highest}, channels, upper + k, lower + k, nullptr};
                    if (swapped) {
                        make_columns<Bank::range, Stride, true>(job, columns + k * 2, g.out.w());
                    } else {
                        make_columns<Bank::range, Stride, false>(job, columns + k * 2, g.out.w());
                    }
                }
            }
            row = end;
        }
    }
}

}  // namespace inlay::dsp

namespace inlay {

/// Depthwise 2-D convolution with a filter for the DSP kernel: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, class Scratch>
    requires(dsp::makes_columns(Geometry))
inline void convolve_depthwise(isa::arm_dsp, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               dsp::depthwise_bank<Scheme, Range> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::column_convolution(Geometry).scratch_words);
    dsp::convolve_columns<Geometry.stride_h>(Geometry, made, out, in, bank, scratch.data());
}

}  // namespace inlay
