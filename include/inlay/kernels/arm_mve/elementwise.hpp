// SPDX-License-Identifier: MIT
//
// Sums, differences and products of int8 tensors on Helium, sixteen elements at a time. How they are made is as on the DSP
// extension: of a sum one operand takes a shift, the other one multiplication. Bytes widen to halfwords of even and odd ones, those again
// to words; narrowing moves put the results back in the same order.
//
// Shifts by constants have their full names, as overloads of g++ hand constants on as variables where nothing is optimised.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/elementwise_choice.hpp>

#include <arm_mve.h>

#include <cstdint>

namespace inlay::mve {

/// x / 2^-shift, rounded half away from zero. `AwayFromZero`: negative numbers, too; otherwise those half up.
template <bool AwayFromZero = true>
inline int32x4_t multiply_lanes(int32x4_t x, std::int32_t multiplier, int shift) {
    x = vqrdmulhq(x, multiplier);
    if constexpr (AwayFromZero) x = vaddq(x, vshrq_n_s32(x, 31));
    return vrshlq(x, shift);
}

/// What results keep.
struct kept_lanes {
    std::int16_t zero;
    int8x16_t lowest;
    int8x16_t highest;

    explicit kept_lanes(int8_output const& to)
        : zero{static_cast<std::int16_t>(to.zero_point)}, lowest{vdupq_n_s8(static_cast<std::int8_t>(to.lowest))},
          highest{vdupq_n_s8(static_cast<std::int8_t>(to.highest))} {}

    /// Halfwords from words, even and odd ones.
    int16x8_t halfwords(int32x4_t even, int32x4_t odd) const { return vqaddq(vqmovntq(vqmovnbq(vuninitializedq_s16(), even), odd), zero); }
    /// Bytes from halfwords.
    int8x16_t bytes(int16x8_t even, int16x8_t odd) const {
        return vminq(vmaxq(vqmovntq(vqmovnbq(vuninitializedq_s8(), even), odd), lowest), highest);
    }
};

/// What is added: `halved` with the factor of a half, `scaled` with any other or a half as well.
template <bool BothHalf, bool AwayFromZero, subtracted Which>
[[gnu::noinline]] void add_elements(std::int8_t* out, std::int8_t const* halved, std::int8_t const* scaled, int count, int zero_halved, int zero_scaled,
                                    fixed_point factor, fixed_point rescale, int8_output const& to) {
    // Bytes are shifted to the left by some bits when they widen to halfwords, and by 16 more when those widen to words.
    constexpr int half_bits = int8_sum::headroom - 1 - 16;
    constexpr int bits = BothHalf ? half_bits : half_bits + 1;
    auto const zero_h = static_cast<std::int16_t>(-zero_halved * (1 << half_bits));
    auto const zero_s = static_cast<std::int16_t>(-zero_scaled * (1 << bits));
    kept_lanes const keep{to};
    auto const make = [&](int32x4_t h, int32x4_t s) {
        if constexpr (!BothHalf) s = multiply_lanes(s, factor.multiplier, factor.shift);
        auto const sum = Which == subtracted::halved ? vsubq(s, h) : Which == subtracted::scaled ? vsubq(h, s) : vaddq(h, s);
        return multiply_lanes<AwayFromZero>(sum, rescale.multiplier, rescale.shift);
    };
    auto const make_halfwords = [&](int16x8_t h, int16x8_t s) {
        h = vaddq(h, zero_h);
        s = vaddq(s, zero_s);
        return keep.halfwords(make(vshllbq_n_s16(h, 16), vshllbq_n_s16(s, 16)), make(vshlltq_n_s16(h, 16), vshlltq_n_s16(s, 16)));
    };
    for (int rest = count; rest > 0; rest -= 16, halved += 16, scaled += 16, out += 16) {
        auto const present = vctp8q(static_cast<std::uint32_t>(rest));
        auto const h = vldrbq_z_s8(halved, present);
        auto const s = vldrbq_z_s8(scaled, present);
        auto const even = make_halfwords(vshllbq_n_s8(h, half_bits), vshllbq_n_s8(s, bits));
        auto const odd = make_halfwords(vshlltq_n_s8(h, half_bits), vshlltq_n_s8(s, bits));
        vstrbq_p_s8(out, keep.bytes(even, odd), present);
    }
}

template <bool AwayFromZero, bool RepeatsRight>
[[gnu::noinline]] void multiply_elements(std::int8_t* out, std::int8_t const* left, std::int8_t const* right, int count, int zero_left, int zero_right,
                                         fixed_point rescale, int8_output const& to) {
    auto const zero_l = static_cast<std::int16_t>(-zero_left);
    auto const zero_r = static_cast<std::int16_t>(-zero_right);
    kept_lanes const keep{to};
    auto const make_halfwords = [&](int16x8_t l, int16x8_t r) {
        l = vaddq(l, zero_l);
        r = vaddq(r, zero_r);
        return keep.halfwords(multiply_lanes<AwayFromZero>(vmullbq_int(l, r), rescale.multiplier, rescale.shift),
                              multiply_lanes<AwayFromZero>(vmulltq_int(l, r), rescale.multiplier, rescale.shift));
    };
    auto r = vdupq_n_s8(*right);
    for (int rest = count; rest > 0; rest -= 16, left += 16, out += 16) {
        auto const present = vctp8q(static_cast<std::uint32_t>(rest));
        auto const l = vldrbq_z_s8(left, present);
        if constexpr (!RepeatsRight) {
            r = vldrbq_z_s8(right, present);
            right += 16;
        }
        vstrbq_p_s8(out, keep.bytes(make_halfwords(vmovlbq(l), vmovlbq(r)), make_halfwords(vmovltq(l), vmovltq(r))), present);
    }
}

/// Calls run with whether one can see that negative numbers are rounded half away from zero.
template <class Run>
[[gnu::always_inline]] inline void with_rounding(int8_output const& to, Run run) {
    to.lowest < to.zero_point ? run.template operator()<true>() : run.template operator()<false>();
}

[[gnu::always_inline]] inline void add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int count, int8_sum const& by) {
    with_rounding(by.output, [&]<bool AwayFromZero>() __attribute__((always_inline)) {
        in_order(a, b, by, [&]<subtracted Which>(auto const* halved, auto const* scaled, int zero_halved, int zero_scaled, fixed_point factor) __attribute__((always_inline)) {
            if (is_half(factor)) {
                add_elements<true, AwayFromZero, Which>(out, halved, scaled, count, zero_halved, zero_scaled, factor, by.rescale, by.output);
            } else {
                add_elements<false, AwayFromZero, Which>(out, halved, scaled, count, zero_halved, zero_scaled, factor, by.rescale, by.output);
            }
        });
    });
}

[[gnu::always_inline]] inline void multiply(elementwise_geometry const& g, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_product const& by) {
    with_rounding(by.output, [&]<bool AwayFromZero>() __attribute__((always_inline)) {
        each_run(g, out, a, b, by.zero_point_a, by.zero_point_b, [&]<bool RepeatsRight>(auto... operands) __attribute__((always_inline)) {
            multiply_elements<AwayFromZero, RepeatsRight>(operands..., by.rescale, by.output);
        });
    });
}

}  // namespace inlay::mve

namespace inlay {

/// The sum or difference of two int8 tensors of one shape.
template <auto Geometry, policy Policy>
    requires(is_flat(Geometry))
inline void combine(isa::arm_mve, constant<Geometry, Policy> geometry, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_sum const& by) {
    if (!is_shift_and_product(by)) return combine(isa::portable{}, geometry, out, a, b, by);
    mve::add(out, a, b, Geometry.extent[0], by);
}

/// The product of two int8 tensors.
template <auto Geometry, policy Policy>
    requires(is_in_runs(Geometry))
inline void combine(isa::arm_mve, constant<Geometry, Policy> geometry, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_product const& by) {
    if (!int8_rescaling::takes(by.rescale)) return combine(isa::portable{}, geometry, out, a, b, by);
    mve::multiply(Geometry, out, a, b, by);
}

}  // namespace inlay
