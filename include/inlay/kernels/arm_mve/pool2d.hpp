// SPDX-License-Identifier: MIT
//
// Pooling of int8 on Helium: sixteen channels at a time. Their sums are two vectors of halfwords, which hold the sum of 256 taps;
// the division is a multiplication by the reciprocal, of which VMULH keeps the upper half: with sums of 16 bits and counts
// of 9 it is exact. Each group is read before it is stored, so that the result may lie over the
// input.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/pool_choice.hpp>
#include <inlay/kernels/pool_windows.hpp>

#include <arm_mve.h>

#include <cstdint>

namespace inlay::mve {

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

/// The sums of sixteen channels, even and odd ones.
[[gnu::always_inline]] inline int16x8x2_t sums_of_taps(pool_window const& window, int channel, mve_pred16_t present) {
    auto even = vdupq_n_s16(0);
    auto odd = vdupq_n_s16(0);
    window.each_tap(channel, [&](std::int8_t const* taps) {
        auto const tap = vldrbq_z_s8(taps, present);
        even = vaddq(even, vmovlbq(tap));
        odd = vaddq(odd, vmovltq(tap));
    });
    return {{even, odd}};
}

/// Pools a pixel, in groups of sixteen channels: make(channel, present) gives the results of those that are there.
template <class Make>
[[gnu::always_inline]] inline void pool_pixel(std::int8_t* to, int channels, int8x16_t lowest, int8x16_t highest, Make make) {
    for (int rest = channels, channel = 0; rest > 0; rest -= 16, channel += 16) {
        auto const present = vctp8q(static_cast<std::uint32_t>(rest));
        vstrbq_p_s8(to + channel, vminq(vmaxq(make(channel, present), lowest), highest), present);
    }
}

[[gnu::noinline]] inline void average_rows(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                           int8_output const& kept) {
    int const channels = g.in.c();
    auto const lowest = vdupq_n_s8(static_cast<std::int8_t>(kept.lowest));
    auto const highest = vdupq_n_s8(static_cast<std::int8_t>(kept.highest));
    each_window(g, made, out, in, [&](std::int8_t* to, pool_window const& window) {
        mean_by const divide{window.count()};
        pool_pixel(to, channels, lowest, highest, [&](int channel, mve_pred16_t present) {
            auto const sums = sums_of_taps(window, channel, present);
            return vmovntq(vmovnbq(vuninitializedq_s8(), divide(sums.val[0])), divide(sums.val[1]));
        });
    });
}

[[gnu::noinline]] inline void largest_rows(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                                           int8_output const& kept) {
    int const channels = g.in.c();
    auto const lowest = vdupq_n_s8(static_cast<std::int8_t>(kept.lowest));
    auto const highest = vdupq_n_s8(static_cast<std::int8_t>(kept.highest));
    each_window(g, made, out, in, [&](std::int8_t* to, pool_window const& window) {
        pool_pixel(to, channels, lowest, highest, [&](int channel, mve_pred16_t present) {
            auto largest = lowest;
            window.each_tap(channel, [&](std::int8_t const* taps) { largest = vmaxq(largest, vldrbq_z_s8(taps, present)); });
            return largest;
        });
    });
}

}  // namespace inlay::mve

namespace inlay {

/// Average pooling of int8: makes a run of output rows.
template <computed_element T, auto Geometry, policy Policy>
    requires(std::is_same_v<T, std::int8_t> && pooling::fits_halfwords(Geometry))
inline void pool_average(isa::arm_mve, constant<Geometry, Policy>, rows made, row_view<T> out, row_view<T const> in, int8_output const& kept) {
    mve::average_rows(Geometry, made, out, in, kept);
}

/// Maximum pooling of int8: makes a run of output rows.
template <computed_element T, auto Geometry, policy Policy>
    requires(std::is_same_v<T, std::int8_t>)
inline void pool_max(isa::arm_mve, constant<Geometry, Policy>, rows made, row_view<T> out, row_view<T const> in, int8_output const& kept) {
    mve::largest_rows(Geometry, made, out, in, kept);
}

}  // namespace inlay
