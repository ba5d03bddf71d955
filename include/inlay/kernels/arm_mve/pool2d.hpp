// SPDX-License-Identifier: MIT
//
// Average pooling of int8 on Helium: sixteen channels at a time, their sums in two vectors of halfwords, which hold the sum of 256
// taps. The division is a multiplication by the reciprocal, of which VMULH keeps the upper half: with sums of 16 bits and counts
// of 9 it is exact. Groups do not overlap: each is read before it is stored, so that the result may lie over the input.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/pool2d.hpp>

#include <arm_mve.h>

#include <algorithm>
#include <cstdint>

namespace inlay::mve {

constexpr bool averages(pool2d_geometry const& g) { return g.filter_h * g.filter_w <= 256; }

/// A division of sums by the number of taps, rounded half away from zero.
struct mean_by {
    std::uint32_t reciprocal;
    std::uint32_t half;

    explicit mean_by(int count)
        : reciprocal{count == 1 ? 0 : 0xffffffffU / static_cast<std::uint32_t>(count) + 1}, half{static_cast<std::uint32_t>(count) / 2} {}

    int32x4_t operator()(int32x4_t sums) const {
        if (reciprocal == 0) return sums;
        auto const sizes = vaddq(vreinterpretq_u32(vabsq(sums)), half);
        auto const means = vreinterpretq_s32(vmulhq(sizes, vdupq_n_u32(reciprocal)));
        return vnegq_m(means, means, vcmpltq(sums, 0));
    }
    int16x8_t operator()(int16x8_t sums) const {
        return vmovntq(vmovnbq(vuninitializedq_s16(), (*this)(vmovlbq(sums))), (*this)(vmovltq(sums)));
    }
};

[[gnu::noinline]] inline void average_rows(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                           int8_output const& kept) {
    int const channels = g.in.c();
    auto const lowest = vdupq_n_s8(static_cast<std::int8_t>(kept.lowest));
    auto const highest = vdupq_n_s8(static_cast<std::int8_t>(kept.highest));
    for (int row = made.first; row < made.first + made.count; ++row) {
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        int const top = std::max(iy, 0);
        int const bottom = std::min(iy + g.filter_h, g.in.h());
        auto* result = out[row];
        for (int x = 0; x < g.out.w(); ++x) {
            int const ix = x * g.stride_w - g.pad_left;
            int const left = std::max(ix, 0);
            int const columns = std::min(ix + g.filter_w, g.in.w()) - left;
            mean_by const divide{(bottom - top) * columns};
            for (int rest = channels, base = 0; rest > 0; rest -= 16, base += 16) {
                auto const present = vctp8q(static_cast<std::uint32_t>(rest));
                auto even = vdupq_n_s16(0);
                auto odd = vdupq_n_s16(0);
                for (int y = top; y < bottom; ++y) {
                    auto const* from = in[n * g.in.h() + y] + left * channels + base;
                    for (int taps = columns; taps > 0; --taps, from += channels) {
                        auto const tap = vldrbq_z_s8(from, present);
                        even = vaddq(even, vmovlbq(tap));
                        odd = vaddq(odd, vmovltq(tap));
                    }
                }
                auto const means = vmovntq(vmovnbq(vuninitializedq_s8(), divide(even)), divide(odd));
                vstrbq_p_s8(result + base, vminq(vmaxq(means, lowest), highest), present);
            }
            result += channels;
        }
    }
}

}  // namespace inlay::mve

namespace inlay {

/// Average pooling of int8: makes a run of output rows.
template <computed_element T, auto Geometry, policy Policy>
    requires(std::is_same_v<T, std::int8_t> && mve::averages(Geometry))
inline void pool_average(isa::arm_mve, constant<Geometry, Policy>, rows made, row_view<T> out, row_view<T const> in, int8_output const& kept) {
    mve::average_rows(Geometry, made, out, in, kept);
}

}  // namespace inlay
