// SPDX-License-Identifier: MIT
//
// Addition of int8 tensors of one shape on the DSP extension, four elements at a time. Of the two factors to the common scale
// one is a half, that of the larger scale: its operand takes a shift. The other takes SMMLAR, the result as in pair_filter.hpp.
// Negative numbers are rounded half away from zero: the sign of what is multiplied is added, as it is that of the product.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/int8_sums.hpp>

#include <cstdint>
#include <utility>

namespace inlay::dsp {

/// What is added: `halved` with the factor of a half, `scaled` with any other or a half as well.
template <bool BothHalf, bool FullRange>
[[gnu::noinline]] void add_elements(std::int8_t* out, std::int8_t const* halved, std::int8_t const* scaled, int count, int zero_halved, int zero_scaled,
                                    fixed_point factor, fixed_point rescale, int8_output const& to) {
    int const shift = -factor.shift;
    int const round = BothHalf ? 0 : 1 << (shift - 1);
    int const multiplier = factor.multiplier;
    int const last_shift = -rescale.shift;
    int const offset = (1 << (last_shift - 1)) + to.zero_point * (1 << last_shift);
    int const last_multiplier = rescale.multiplier;
    int const lowest = to.lowest;
    int const highest = to.highest;
    constexpr int bits = int8_sum::headroom;
    auto const make = [&](std::int32_t h, std::int32_t s) {
        std::int32_t sum = h;
        if constexpr (BothHalf) {
            sum = (h + s) * (1 << (bits - 1));
        } else {
            sum = h * (1 << (bits - 1)) + (smmlar(s * (1 << (bits + 1)), multiplier, round + (s >> 31)) >> shift);
        }
        std::int32_t const result = smmlar(sum * 2, last_multiplier, offset + (sum >> 31)) >> last_shift;
        if constexpr (FullRange) return static_cast<std::int8_t>(ssat8(result));
        return static_cast<std::int8_t>(result < lowest ? lowest : result > highest ? highest : result);
    };
    auto const* const end = halved + (count & ~3);
    for (; halved != end; halved += 4, scaled += 4, out += 4) {
        auto const h = load_word(halved);
        auto const s = load_word(scaled);
        auto const first = make(sxtab<0>(-zero_halved, h), sxtab<0>(-zero_scaled, s));
        auto const second = make(sxtab<1>(-zero_halved, h), sxtab<1>(-zero_scaled, s));
        auto const third = make(sxtab<2>(-zero_halved, h), sxtab<2>(-zero_scaled, s));
        auto const fourth = make(sxtab<3>(-zero_halved, h), sxtab<3>(-zero_scaled, s));
        out[0] = first;
        out[1] = second;
        out[2] = third;
        out[3] = fourth;
    }
    for (int i = 0; i < (count & 3); ++i) out[i] = make(halved[i] - zero_halved, scaled[i] - zero_scaled);
}

template <bool BothHalf>
inline void add_all(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int count, int8_sum const& by) {
    bool const first = is_half(by.factor_a);
    auto const run = [&](auto add) {
        if (first) return add(out, a, b, count, by.zero_point_a, by.zero_point_b, by.factor_b, by.rescale, by.output);
        add(out, b, a, count, by.zero_point_b, by.zero_point_a, by.factor_a, by.rescale, by.output);
    };
    bool const full = by.output.lowest == -128 && by.output.highest == 127;
    full ? run(add_elements<BothHalf, true>) : run(add_elements<BothHalf, false>);
}

}  // namespace inlay::dsp

namespace inlay {

/// The sum of two int8 tensors of one shape.
template <auto Geometry, policy Policy>
    requires(is_flat(Geometry))
inline void combine(isa::arm_dsp, constant<Geometry, Policy> geometry, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_sum const& by) {
    if (!is_shift_and_product(by)) return combine(isa::portable{}, geometry, out, a, b, by);
    if (is_half(by.factor_a) && is_half(by.factor_b)) {
        dsp::add_all<true>(out, a, b, Geometry.extent[0], by);
    } else {
        dsp::add_all<false>(out, a, b, Geometry.extent[0], by);
    }
}

}  // namespace inlay
