// SPDX-License-Identifier: MIT
//
// Addition of int8 tensors of one shape on Helium, sixteen elements at a time. Which sums, and how they are made, is as on the DSP
// extension: one operand takes a shift, the other one multiplication. Bytes widen to halfwords of even and odd ones, those again
// to words; narrowing moves put the results back in the same order.
//
// Shifts by constants have their full names, as overloads of g++ hand constants on as variables where nothing is optimised.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/int8_sums.hpp>

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

/// What is added: `halved` with the factor of a half, `scaled` with any other or a half as well.
template <bool BothHalf, bool AwayFromZero>
[[gnu::noinline]] void add_elements(std::int8_t* out, std::int8_t const* halved, std::int8_t const* scaled, int count, int zero_halved, int zero_scaled,
                                    fixed_point factor, fixed_point rescale, int8_output const& to) {
    // Bytes are shifted to the left by some bits when they widen to halfwords, and by 16 more when those widen to words.
    constexpr int half_bits = int8_sum::headroom - 1 - 16;
    constexpr int bits = BothHalf ? half_bits : half_bits + 1;
    auto const zero_h = static_cast<std::int16_t>(-zero_halved * (1 << half_bits));
    auto const zero_s = static_cast<std::int16_t>(-zero_scaled * (1 << bits));
    auto const zero = static_cast<std::int16_t>(to.zero_point);
    auto const lowest = vdupq_n_s8(static_cast<std::int8_t>(to.lowest));
    auto const highest = vdupq_n_s8(static_cast<std::int8_t>(to.highest));
    auto const make = [&](int32x4_t h, int32x4_t s) {
        if constexpr (!BothHalf) s = multiply_lanes(s, factor.multiplier, factor.shift);
        return multiply_lanes<AwayFromZero>(vaddq(h, s), rescale.multiplier, rescale.shift);
    };
    auto const make_halfwords = [&](int16x8_t h, int16x8_t s) {
        h = vaddq(h, zero_h);
        s = vaddq(s, zero_s);
        auto made = vqmovnbq(vuninitializedq_s16(), make(vshllbq_n_s16(h, 16), vshllbq_n_s16(s, 16)));
        made = vqmovntq(made, make(vshlltq_n_s16(h, 16), vshlltq_n_s16(s, 16)));
        return vqaddq(made, zero);
    };
    for (int rest = count; rest > 0; rest -= 16, halved += 16, scaled += 16, out += 16) {
        auto const present = vctp8q(static_cast<std::uint32_t>(rest));
        auto const h = vldrbq_z_s8(halved, present);
        auto const s = vldrbq_z_s8(scaled, present);
        auto const even = make_halfwords(vshllbq_n_s8(h, half_bits), vshllbq_n_s8(s, bits));
        auto const odd = make_halfwords(vshlltq_n_s8(h, half_bits), vshlltq_n_s8(s, bits));
        auto const made = vqmovntq(vqmovnbq(vuninitializedq_s8(), even), odd);
        vstrbq_p_s8(out, vminq(vmaxq(made, lowest), highest), present);
    }
}

template <bool BothHalf>
inline void add_all(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int count, int8_sum const& by) {
    bool const first = is_half(by.factor_a);
    auto const run = [&](auto add) {
        if (first) return add(out, a, b, count, by.zero_point_a, by.zero_point_b, by.factor_b, by.rescale, by.output);
        add(out, b, a, count, by.zero_point_b, by.zero_point_a, by.factor_a, by.rescale, by.output);
    };
    by.output.lowest < by.output.zero_point ? run(add_elements<BothHalf, true>) : run(add_elements<BothHalf, false>);
}

}  // namespace inlay::mve

namespace inlay {

/// The sum of two int8 tensors of one shape.
template <auto Geometry, policy Policy>
    requires(is_flat(Geometry))
inline void combine(isa::arm_mve, constant<Geometry, Policy> geometry, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_sum const& by) {
    if (!is_shift_and_product(by)) return combine(isa::portable{}, geometry, out, a, b, by);
    if (is_half(by.factor_a) && is_half(by.factor_b)) {
        mve::add_all<true>(out, a, b, Geometry.extent[0], by);
    } else {
        mve::add_all<false>(out, a, b, Geometry.extent[0], by);
    }
}

}  // namespace inlay
