// SPDX-License-Identifier: MIT
//
// Depthwise convolution 3x3 on Helium. VST4 interleaves four image rows of sixteen channels, so that four rows of a column of a
// channel are one word. Three such words, gathered by one VLDRW, are the windows of two output rows, one below the other:
// VMLADAV with the weights (w0 w1 w2 0) makes the upper result, with (0 w0 w1 w2) the lower one.
//
//   per channel  4 columns of 2 rows at a time: 4 VLDRW, 8 VMLADAV for 72 multiply-accumulates; with stride 2 one row
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_mve/depthwise_choice.hpp>
#include <inlay/kernels/arm_mve/requantise.hpp>

#include <algorithm>
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

inline int32x4_t vector_of(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
    int32x4_t all;
    asm("vmov %q0[2], %q0[0], %1, %3\n\tvmov %q0[3], %q0[1], %2, %4" : "=&w"(all) : "r"(a), "r"(b), "r"(c), "r"(d));
    return all;
}

/// What the results of a group of channels of a segment need.
struct segment {
    std::int8_t const* filter;
    lane_channels<1> const* by;
    int channels;       ///< of the group
    int columns;        ///< of results
    int pixel;          ///< elements from a result to the next
    int zero_point;
    int lowest;
    int highest;
    std::int8_t* upper;
    std::int8_t* lower;
};

template <int Stride, bool TwoRows, bool AwayFromZero>
[[gnu::noinline]] void make_segment(segment const& s, std::int8_t const* scratch) {
    auto const lowest = vdupq_n_s32(s.lowest);
    auto const highest = vdupq_n_s32(s.highest);
    auto const offsets = vmulq_n_u32(vidupq_n_u32(0, 1), static_cast<std::uint32_t>(s.pixel));
    // The fourth word meets zeros in the filter, whatever it is.
    uint32x4_t const lanes = {0, column_bytes, 2 * column_bytes, 0};
    constexpr int step = Stride * column_bytes;
    auto const three = vctp32q(3);
    auto const* by = s.by;
    int const zero_point = s.zero_point;
    for (int c = 0; c < s.channels; ++c, ++by) {
        auto const weights = vldrwq_z_s32(reinterpret_cast<std::int32_t const*>(s.filter + c * window_bytes), three);
        auto const shifted = vshlq_n_s32(weights, 8);
        auto const start = by->start[0];
        auto const multiplier = by->multiplier[0];
        auto const shift = by->shift[0];
        auto at = vaddq_n_u32(lanes, static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(scratch + c * 4)));
        auto* upper = s.upper + c;
        auto* lower = s.lower + c;
        for (int rest = s.columns; rest > 0; rest -= 4, at = vaddq_n_u32(at, 4 * step), upper += 4 * s.pixel, lower += 4 * s.pixel) {
            auto const w0 = vreinterpretq_s8_s32(vldrwq_gather_base_s32(at, 0));
            auto const w1 = vreinterpretq_s8_s32(vldrwq_gather_base_s32(at, step));
            auto const w2 = vreinterpretq_s8_s32(vldrwq_gather_base_s32(at, 2 * step));
            auto const w3 = vreinterpretq_s8_s32(vldrwq_gather_base_s32(at, 3 * step));
            auto const kept = vctp32q(static_cast<std::uint32_t>(rest));
            auto const make = [&](int32x4_t filter, std::int8_t* to) {
                auto const taps = vreinterpretq_s8_s32(filter);
                auto const sums = vector_of(vmladavq_s8(w0, taps), vmladavq_s8(w1, taps), vmladavq_s8(w2, taps), vmladavq_s8(w3, taps));
                vstrbq_scatter_offset_p_s32(to, offsets, requantise_lanes<AwayFromZero>(sums, start, multiplier, shift, zero_point, lowest, highest), kept);
            };
            make(weights, upper);
            if constexpr (TwoRows) make(shifted, lower);
        }
    }
}

template <int Stride, bool AwayFromZero, class Bank>
[[gnu::noinline]] void convolve_windows(depthwise_conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                        Bank const& bank, std::int8_t* scratch) {
    int const channels = g.in.c();
    int const width = segment_columns(g);
    alignas(4) std::int8_t border[column_channels];
    std::fill_n(border, column_channels, static_cast<std::int8_t>(bank.input_zero_point));
    int const end = made.first + made.count;
    for (int row = made.first; row < end;) {
        int const n = row / g.out.h();
        int const oy = row % g.out.h();
        bool const two = Stride == 1 && row + 1 < end && oy + 1 < g.out.h();
        for (int x = 0; x < g.out.w(); x += width) {
            int const columns = std::min(width, g.out.w() - x);
            int const read = (columns - 1) * Stride + 3;
            int const ix = x * Stride - g.pad_left;
            int const left = std::clamp(-ix, 0, read);
            int const right = std::clamp(g.in.w() - ix, left, read);
            for (int c = 0; c < channels; c += column_channels) {
                int const group = std::min(channels - c, column_channels);
                auto const kept = vctp8q(static_cast<std::uint32_t>(group));
                interleaved_rows inside;
                for (int r = 0; r < 4; ++r) {
                    int const iy = oy * Stride - g.pad_top + r;
                    bool const is_inside = iy >= 0 && iy < g.in.h() && (two || r < 3);
                    inside.row[r] = is_inside ? in[n * g.in.h() + iy] + (ix + left) * channels + c : border;
                    inside.step[r] = is_inside ? channels : 0;
                }
                interleaved_rows outside{{border, border, border, border}, {}};
                outside.write(scratch, left, kept);
                inside.write(scratch + left * column_bytes, right - left, kept);
                outside.write(scratch + right * column_bytes, read - right, kept);
                segment const s{bank.filter + c * window_bytes, bank.channels + c, group, columns, channels, bank.zero_point, bank.kept.lowest,
                                bank.kept.highest, out[row] + x * channels + c, two ? out[row + 1] + x * channels + c : nullptr};
                if constexpr (Stride == 1) {
                    two ? make_segment<1, true, AwayFromZero>(s, scratch) : make_segment<1, false, AwayFromZero>(s, scratch);
                } else {
                    make_segment<2, false, AwayFromZero>(s, scratch);
                }
            }
        }
        row += two ? 2 : 1;
    }
}

}  // namespace inlay::mve

namespace inlay {

/// Depthwise convolution 3x3: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, class Scratch>
    requires(mve::makes_windows(Geometry))
inline void convolve_depthwise(isa::arm_mve, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               mve::window_bank<Scheme> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= mve::window_convolution(Geometry).scratch_words);
    auto* const columns = reinterpret_cast<std::int8_t*>(scratch.data());
    if (bank.kept.away_from_zero) {
        mve::convolve_windows<Geometry.stride_w, true>(Geometry, made, out, in, bank, columns);
    } else {
        mve::convolve_windows<Geometry.stride_w, false>(Geometry, made, out, in, bank, columns);
    }
}

}  // namespace inlay
