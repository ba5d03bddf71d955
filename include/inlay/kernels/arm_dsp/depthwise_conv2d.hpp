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
#include <inlay/kernels/arm_dsp/widen.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace inlay::dsp {

/// What the tiles of a group of channels in one or two rows of the result need beside registers.
struct column_job {
    std::uint32_t const* channel;      ///< scratch, see unpack_channels
    std::uint32_t const* channel_end;
    struct {
        std::uint32_t const* first;
        std::uint32_t const* end;      ///< of the whole tiles
    } columns;
    struct {
        std::int8_t* lower;
        std::int8_t* upper;
    } rows;
    struct {
        int pixel;                     ///< bytes from a column of the result to the next
        int rest;                      ///< bytes of scratch of a tile with one column, or 0
    } row;
    struct {
        int lowest;
        int highest;
    } kept;
};

/// Of the channel and row in work.
struct column_state {
    struct {
        std::int32_t start;
        std::int32_t shift;  ///< less 1
    } sum;
    struct {
        std::int32_t multiplier;
        std::int32_t offset;
    } factor;
    std::uint32_t const* end;
    int step;  ///< 0 while the second column of a tile is surplus
    struct {
        std::int8_t* lower;
        std::int8_t* upper;
    } to;
};

/// Makes the columns of all channels of a group, two at a time. `Swapped`: P lies behind Q.
///   registers  r0 to r3 sums of two columns in both rows, r4 to r6 and r8 to r10 weights, r11 lr inputs, r12 columns, r7 the frame
template <range_kind Range, int Stride, bool Swapped>
inline void make_columns(column_job const& group) {
    struct column_frame {
        column_job job;
        column_state now;
    } frame;
    frame.job = group;
    register column_frame* at asm("r0") = &frame;
    asm volatile(
        ".syntax unified\n\t"
        "push {r7}\n\t"
        "mov r7, r0\n\t"
        ".macro inlay_load from:vararg\n\t"
        ".if %c[swapped]\n\t"
        "ldrd lr, r11, \\from\n\t"
        ".else\n\t"
        "ldrd r11, lr, \\from\n\t"
        ".endif\n\t"
        ".endm\n\t"
        ".macro inlay_finish sum\n\t"
        ".if %c[away]\n\t"
        "ldrd r11, lr, [r7, #%c[factor]]\n\t"
        "add lr, lr, \\sum, asr #31\n\t"
        ".endif\n\t"
        "smmlar \\sum, \\sum, r11, lr\n\t"
        ".endm\n\t"
        ".macro inlay_clamp sum\n\t"
        ".if %c[full]\n\t"
        "ssat \\sum, #8, \\sum, asr #1\n\t"
        ".else\n\t"
        "asr \\sum, \\sum, #1\n\t"
        "cmp \\sum, r11\n\t"
        "it lt\n\t"
        "movlt \\sum, r11\n\t"
        "cmp \\sum, lr\n\t"
        "it gt\n\t"
        "movgt \\sum, lr\n\t"
        ".endif\n\t"
        ".endm\n"
        // The next channel.
        "3:\n\t"
        "ldr r11, [r7, #%c[channel]]\n\t"
        "ldmia.w r11!, {r4, r5, r6, r8}\n\t"
        "strd r4, r5, [r7, #%c[sum]]\n\t"
        "strd r6, r8, [r7, #%c[factor]]\n\t"
        "ldmia.w r11!, {r4, r5, r6, r8, r9, r10}\n\t"
        "str r11, [r7, #%c[channel]]\n\t"
        "ldrd r12, r11, [r7, #%c[columns]]\n\t"
        "str r11, [r7, #%c[end]]\n\t"
        "add lr, r12, #8\n\t"
        "add r11, r11, #8\n\t"
        "strd lr, r11, [r7, #%c[columns]]\n\t"
        "ldrd r11, lr, [r7, #%c[rows]]\n\t"
        "strd r11, lr, [r7, #%c[to]]\n\t"
        "add r11, r11, #1\n\t"
        "add lr, lr, #1\n\t"
        "strd r11, lr, [r7, #%c[rows]]\n\t"
        "ldrd r11, lr, [r7, #%c[row]]\n\t"
        "str r11, [r7, #%c[step]]\n"
        // A tile.
        "1:\n\t"
        ".if %c[stride] == 1\n\t"
        "ldr r3, [r7, #%c[sum]]\n\t"
        "inlay_load [r12], #64\n\t"
        "smlad r0, r11, r4, r3\n\t"
        "smlatb r2, r11, r4, r3\n\t"
        "smlabt r0, lr, r5, r0\n\t"
        "smlad r2, lr, r5, r2\n\t"
        "inlay_load [r12, #-32]\n\t"
        "smlad r0, r11, r6, r0\n\t"
        "smlatb r2, r11, r6, r2\n\t"
        "smlabt r0, lr, r8, r0\n\t"
        "smlad r2, lr, r8, r2\n\t"
        "smlad r1, r11, r4, r3\n\t"
        "smlatb r3, r11, r4, r3\n\t"
        "smlabt r1, lr, r5, r1\n\t"
        "smlad r3, lr, r5, r3\n\t"
        "inlay_load [r12]\n\t"
        "smlad r0, r11, r9, r0\n\t"
        "smlatb r2, r11, r9, r2\n\t"
        "smlabt r0, lr, r10, r0\n\t"
        "smlad r2, lr, r10, r2\n\t"
        "smlad r1, r11, r6, r1\n\t"
        "smlatb r3, r11, r6, r3\n\t"
        "smlabt r1, lr, r8, r1\n\t"
        "smlad r3, lr, r8, r3\n\t"
        "inlay_load [r12, #32]\n\t"
        "smlad r1, r11, r9, r1\n\t"
        "smlatb r3, r11, r9, r3\n\t"
        "smlabt r1, lr, r10, r1\n\t"
        "smlad r3, lr, r10, r3\n\t"
        ".else\n\t"
        "ldr r1, [r7, #%c[sum]]\n\t"
        "inlay_load [r12], #128\n\t"
        "smlad r0, r11, r4, r1\n\t"
        "smlabt r0, lr, r5, r0\n\t"
        "inlay_load [r12, #-96]\n\t"
        "smlad r0, r11, r6, r0\n\t"
        "smlabt r0, lr, r8, r0\n\t"
        "inlay_load [r12, #-64]\n\t"
        "smlad r0, r11, r9, r0\n\t"
        "smlabt r0, lr, r10, r0\n\t"
        "smlad r1, r11, r4, r1\n\t"
        "smlabt r1, lr, r5, r1\n\t"
        "inlay_load [r12, #-32]\n\t"
        "smlad r1, r11, r6, r1\n\t"
        "smlabt r1, lr, r8, r1\n\t"
        "inlay_load [r12]\n\t"
        "smlad r1, r11, r9, r1\n\t"
        "smlabt r1, lr, r10, r1\n\t"
        ".endif\n\t"
        "ldrd r11, lr, [r7, #%c[factor]]\n\t"
        "inlay_finish r0\n\t"
        "inlay_finish r1\n\t"
        ".if %c[stride] == 1\n\t"
        "inlay_finish r2\n\t"
        "inlay_finish r3\n\t"
        ".endif\n\t"
        "ldr r11, [r7, #%c[shift]]\n\t"
        "asr r0, r0, r11\n\t"
        "asr r1, r1, r11\n\t"
        ".if %c[stride] == 1\n\t"
        "asr r2, r2, r11\n\t"
        "asr r3, r3, r11\n\t"
        ".endif\n\t"
        ".if %c[full] == 0\n\t"
        "ldrd r11, lr, [r7, #%c[kept]]\n\t"
        ".endif\n\t"
        "inlay_clamp r0\n\t"
        "inlay_clamp r1\n\t"
        ".if %c[stride] == 1\n\t"
        "inlay_clamp r2\n\t"
        "inlay_clamp r3\n\t"
        "ldr r11, [r7, #%c[to]]\n\t"
        "ldr lr, [r7, #%c[step]]\n\t"
        "strb r3, [r11, lr]\n\t"
        "strb r2, [r11]\n\t"
        "ldr r2, [r7, #%c[upper]]\n\t"
        "add r11, r11, lr, lsl #1\n\t"
        "strb r1, [r2, lr]\n\t"
        "strb r0, [r2]\n\t"
        "add r2, r2, lr, lsl #1\n\t"
        "strd r11, r2, [r7, #%c[to]]\n\t"
        ".else\n\t"
        "ldr r11, [r7, #%c[upper]]\n\t"
        "ldr lr, [r7, #%c[step]]\n\t"
        "strb r1, [r11, lr]\n\t"
        "strb r0, [r11]\n\t"
        "add r11, r11, lr, lsl #1\n\t"
        "str r11, [r7, #%c[upper]]\n\t"
        ".endif\n\t"
        "ldr r11, [r7, #%c[end]]\n\t"
        "cmp r12, r11\n\t"
        "bne 1b\n\t"
        // A last tile with one column.
        "ldr lr, [r7, #%c[rest]]\n\t"
        "cmp lr, #0\n\t"
        "beq 4f\n\t"
        "ldr r0, [r7, #%c[step]]\n\t"
        "cmp r0, #0\n\t"
        "beq 4f\n\t"
        "add r11, r11, lr\n\t"
        "str r11, [r7, #%c[end]]\n\t"
        "mov r0, #0\n\t"
        "str r0, [r7, #%c[step]]\n\t"
        "b 1b\n"
        "4:\n\t"
        "ldr r11, [r7, #%c[channel]]\n\t"
        "ldr lr, [r7, #%c[last]]\n\t"
        "cmp r11, lr\n\t"
        "bne 3b\n\t"
        ".purgem inlay_load\n\t"
        ".purgem inlay_finish\n\t"
        ".purgem inlay_clamp\n\t"
        "pop {r7}"
        : "+r"(at)
        : [channel] "i"(offsetof(column_frame, job.channel)), [columns] "i"(offsetof(column_frame, job.columns)),
          [rows] "i"(offsetof(column_frame, job.rows)), [sum] "i"(offsetof(column_frame, now.sum)),
          [factor] "i"(offsetof(column_frame, now.factor)), [end] "i"(offsetof(column_frame, now.end)),
          [step] "i"(offsetof(column_frame, now.step)), [to] "i"(offsetof(column_frame, now.to)),
          [upper] "i"(offsetof(column_frame, now.to.upper)), [shift] "i"(offsetof(column_frame, now.sum.shift)),
          [last] "i"(offsetof(column_frame, job.channel_end)), [row] "i"(offsetof(column_frame, job.row)),
          [rest] "i"(offsetof(column_frame, job.row.rest)), [kept] "i"(offsetof(column_frame, job.kept)), [stride] "i"(Stride),
          [swapped] "i"(Swapped), [away] "i"(Range.away_from_zero), [full] "i"(Range.is_full)
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
}

/// The columns of a group of channels in one or two rows of the result.
template <range_kind Range, int Stride>
[[gnu::noinline]] void make_columns(column_job const& job, bool swapped) {
    if (swapped) {
        make_columns<Range, Stride, true>(job);
    } else {
        make_columns<Range, Stride, false>(job);
    }
}

/// The same where P never changes its place.
template <range_kind Range, int Stride>
[[gnu::noinline]] void make_columns(column_job const& job) {
    make_columns<Range, Stride, false>(job);
}

/// What the tiles need of four channels, from channel c on: for each its doubled start, shift, factor, and the doubled weights as
/// words u and v of the three filter columns.
inline void unpack_channels(column_geometry const& g, packed_table const& table, int c, std::uint32_t* to) {
    channel_layout const layout{9, g.channels};
    int const row = g.filter_row;
    int const column = 4 * g.channels - row;
    auto const* const shifts = table.bytes + layout.shift_at(c);
    auto const* const filter = table.bytes + layout.weight_at(c);
    auto const* numbers = table.bytes + layout.start_at(c);
    for (int k = 0; k < 4; ++k, numbers += 8) {
        auto* const each = to + k * channel_words;
        int const shift = shifts[k];
        each[0] = load_word(numbers) * 2;
        each[1] = static_cast<std::uint32_t>(shift);
        each[2] = load_word(numbers + 4);
        each[3] = static_cast<std::uint32_t>(table.nudge()) << shift;
    }
    to += 4;
    for (int fx = 0; fx < 3; ++fx, to += 2) {
        auto const* from_column = filter + fx * column;
        std::uint32_t even[3], odd[3];
        for (int fy = 0; fy < 3; ++fy) {
            auto const word = load_word(from_column + fy * row);
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
template <policy Policy>
[[gnu::noinline]] void pack_columns(packed_row lower, packed_row upper, int count, std::uint32_t* to) {
    auto const one_column = [&] {
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
        to += column_words;
    };
    auto const* const end = to + count * column_words;
    if constexpr (Policy != policy::size) {
        if (count % 2 != 0) one_column();
        while (to != end) {
            one_column();
            one_column();
        }
    } else {
        while (to != end) one_column();
    }
}

/// Makes Q to P.
inline void move_columns(std::uint32_t* from, std::uint32_t const* end) {
    for (; from != end; from += 2) from[0] = from[1];
}

/// Makes rows.
template <policy Policy, range_kind Range, int Stride>
[[gnu::noinline]] void convolve_columns(column_geometry const& g, packed_table const& table, rows made, row_view<std::int8_t> out,
                                        row_view<std::int8_t const> in, std::uint32_t* scratch) {
    constexpr int tile_words = 2 * Stride * column_words;
    constexpr int rows_at_once = Stride == 1 ? 2 : 1;
    int const columns = columns_read(g.out_columns, Stride);
    auto* const unpacked = scratch + columns * column_words;
    std::uint32_t const zeros = static_cast<std::uint32_t>(table.input_zero_point & 0xff) * 0x01010101U;
    std::uint32_t const wide_zeros = static_cast<std::uint32_t>(table.input_zero_point & 0xffff) * 0x10001U;
    int const inside = std::min<int>(g.in_columns, columns - g.left);
    auto* const first_column = scratch + g.left * column_words;
    fill_words<1>(scratch, wide_zeros, g.left * column_words);
    fill_words<1>(first_column + inside * column_words, wide_zeros, (columns - g.left - inside) * column_words);
    column_job job{};
    job.channel_end = unpacked + 4 * channel_words;
    // A single column is a tile whose second column is surplus.
    job.row = {g.out_columns > 1 ? g.out_pixel : 0, g.out_columns > 1 && g.out_columns % 2 != 0 ? tile_words * 4 : 0};
    job.kept = {table.lowest, table.highest};
    for (int c = 0; c < g.channels; c += 4) {
        int const base = std::min(c, g.channels - 4);
        int const skipped = c - base;  // channels that the group before has made
        unpack_channels(g, table, base, unpacked);
        job.channel = unpacked + skipped * channel_words;
        job.columns.first = scratch + skipped * 2;
        job.columns.end = job.columns.first + (g.out_columns > 1 ? g.out_columns / 2 : 1) * tile_words;
        for (int row = made.first; row < made.first + made.count;) {
            int const n = row / g.out_rows;
            int y = row % g.out_rows;
            int const count = std::min(g.out_rows - y, made.first + made.count - row);
            int const end = y + count;
            int iy = y * Stride - g.top;
            auto const row_at = [&](int at) {
                if (at < 0 || at >= g.in_rows) return packed_row{reinterpret_cast<std::int8_t const*>(&zeros), 0};
                return packed_row{in[n * g.in_rows + at] + base, g.in_pixel};
            };
            pack_columns<Policy>(row_at(iy), row_at(iy + 1), inside, first_column);
            for (bool swapped = false; y < end; y += rows_at_once, iy += 2) {
                pack_columns<Policy>(row_at(iy + 2), row_at(iy + 3), inside, first_column + (swapped ? 0 : 1));
                auto* const upper = out[n * g.out_rows + y] + c;
                job.rows = {y + 1 == end ? upper : out[n * g.out_rows + y + 1] + c, upper};
                if constexpr (Policy == policy::size) {
                    make_columns<Range, Stride>(job);
                    move_columns(scratch, unpacked);
                } else {
                    make_columns<Range, Stride>(job, swapped);
                    swapped = !swapped;
                }
            }
            row += count;
        }
    }
}

/// Makes all rows of a result.
template <policy Policy, range_kind Range, int Stride>
[[gnu::noinline]] void convolve_columns(column_geometry const& g, packed_table const& table, std::int8_t* out, std::int8_t const* in, std::uint32_t* scratch) {
    convolve_columns<Policy, Range, Stride>(g, table, {0, g.all_rows}, {out, g.out_row}, {in, g.in_row}, scratch);
}

template <depthwise_conv2d_geometry Geometry, bool Down>
inline constexpr column_geometry column_geometry_of{Geometry, Down};

}  // namespace inlay::dsp

namespace inlay {

/// Depthwise 2-D convolution with a filter for the DSP kernel: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, dsp::channel_layout Layout, class Scratch>
    requires(dsp::makes_columns(Geometry))
inline void convolve_depthwise(isa::arm_dsp, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               dsp::depthwise_bank<Scheme, Range, constant<Layout>> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::column_convolution(Geometry, false).scratch_words);
    dsp::convolve_columns<Policy, Range, Geometry.stride_h>(dsp::column_geometry_of<Geometry, false>, bank, made, out, in, scratch.data());
}

/// The same for all rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, dsp::channel_layout Layout, class Scratch>
    requires(dsp::makes_columns(Geometry))
inline void convolve_depthwise(isa::arm_dsp, constant<Geometry, Policy>, all_rows, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               dsp::depthwise_bank<Scheme, Range, constant<Layout>> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::column_convolution(Geometry, Layout.down).scratch_words);
    dsp::convolve_columns<Policy, Range, Geometry.stride_h>(dsp::column_geometry_of<Geometry, Layout.down>, bank, out.data, in.data, scratch.data());
}

}  // namespace inlay
