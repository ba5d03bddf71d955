// SPDX-License-Identifier: MIT
//
// Sums, differences and products of int8 tensors on the DSP extension, four elements at a time. The larger scale's operand of a sum
// takes a shift, the other one SMMLAR, the result as in int8_rescaling.hpp. Negative numbers are rounded half away from zero: the
// sign of what is multiplied is added, as it is that of the product.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/arm_dsp/rescaling.hpp>
#include <inlay/kernels/elementwise_choice.hpp>

#include <cstdint>

namespace inlay::dsp {

/// Makes elements from those of two operands: make(x, y) of what is left of them behind their zero points.
///   RepeatsRight   the right operand is one element
template <bool RepeatsRight, class Make>
[[gnu::always_inline]] inline void combine_elements(std::int8_t* out, std::int8_t const* left, std::int8_t const* right, int count, int zero_left,
                                                    int zero_right, Make make) {
    [[maybe_unused]] int const repeated = *right - zero_right;
    auto const* const end = left + (count & ~3);
    for (; left != end; left += 4, right += RepeatsRight ? 0 : 4, out += 4) {
        auto const l = load_word(left);
        auto const r = RepeatsRight ? 0 : load_word(right);
        auto const at = [&]<int Byte> {
            return make(sxtab<Byte>(-zero_left, l), RepeatsRight ? repeated : sxtab<Byte>(-zero_right, r));
        };
        auto const first = at.template operator()<0>();
        auto const second = at.template operator()<1>();
        auto const third = at.template operator()<2>();
        auto const fourth = at.template operator()<3>();
        out[0] = first;
        out[1] = second;
        out[2] = third;
        out[3] = fourth;
    }
    for (int i = 0; i < (count & 3); ++i) out[i] = make(left[i] - zero_left, RepeatsRight ? repeated : right[i] - zero_right);
}

/// What is added: `halved` with the factor of a half, `scaled` with any other or a half as well.
template <bool BothHalf, bool FullRange, subtracted Which>
[[gnu::noinline]] void add_elements(std::int8_t* out, std::int8_t const* halved, std::int8_t const* scaled, int count, int zero_halved, int zero_scaled,
                                    fixed_point factor, fixed_point last_factor, int8_output const& to) {
    constexpr int bits = int8_sum::headroom;
    constexpr int sign_halved = Which == subtracted::halved ? -1 : 1;
    constexpr int sign_scaled = Which == subtracted::scaled ? -1 : 1;
    int const shift = -factor.shift;
    int const round = BothHalf ? 0 : 1 << (shift - 1);
    int const multiplier = factor.multiplier;
    rescaling<FullRange> const rescale{last_factor, to};
    combine_elements<false>(out, halved, scaled, count, zero_halved, zero_scaled, [&](std::int32_t h, std::int32_t s) {
        if constexpr (BothHalf) return rescale((sign_halved * h + sign_scaled * s) * (1 << (bits - 1)));
        return rescale(sign_halved * h * (1 << (bits - 1)) + sign_scaled * (smmlar(s * (1 << (bits + 1)), multiplier, round + (s >> 31)) >> shift));
    });
}

template <bool FullRange, bool RepeatsRight>
[[gnu::noinline]] void multiply_elements(std::int8_t* out, std::int8_t const* left, std::int8_t const* right, int count, int zero_left, int zero_right,
                                         fixed_point factor, int8_output const& to) {
    rescaling<FullRange> const rescale{factor, to};
    combine_elements<RepeatsRight>(out, left, right, count, zero_left, zero_right, [&](std::int32_t l, std::int32_t r) { return rescale(l * r); });
}

/// Calls run with whether results keep all of int8.
template <class Run>
[[gnu::always_inline]] inline void with_range(int8_output const& to, Run run) {
    to.lowest == -128 && to.highest == 127 ? run.template operator()<true>() : run.template operator()<false>();
}

[[gnu::always_inline]] inline void add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int count, int8_sum const& by) {
    with_range(by.output, [&]<bool FullRange>() __attribute__((always_inline)) {
        in_order(a, b, by, [&]<subtracted Which>(auto const* halved, auto const* scaled, int zero_halved, int zero_scaled, fixed_point factor) __attribute__((always_inline)) {
            if (is_half(factor)) {
                add_elements<true, FullRange, Which>(out, halved, scaled, count, zero_halved, zero_scaled, factor, by.rescale, by.output);
            } else {
                add_elements<false, FullRange, Which>(out, halved, scaled, count, zero_halved, zero_scaled, factor, by.rescale, by.output);
            }
        });
    });
}

[[gnu::always_inline]] inline void multiply(elementwise_geometry const& g, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_product const& by) {
    with_range(by.output, [&]<bool FullRange>() __attribute__((always_inline)) {
        each_run(g, out, a, b, by.zero_point_a, by.zero_point_b, [&]<bool RepeatsRight>(auto... operands) __attribute__((always_inline)) {
            multiply_elements<FullRange, RepeatsRight>(operands..., by.rescale, by.output);
        });
    });
}

}  // namespace inlay::dsp

namespace inlay {

/// The sum or difference of two int8 tensors of one shape.
template <auto Geometry, policy Policy>
    requires(is_flat(Geometry))
inline void combine(isa::arm_dsp, constant<Geometry, Policy> geometry, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_sum const& by) {
    if (!is_shift_and_product(by)) return combine(isa::portable{}, geometry, out, a, b, by);
    dsp::add(out, a, b, Geometry.extent[0], by);
}

/// The product of two int8 tensors.
template <auto Geometry, policy Policy>
    requires(is_in_runs(Geometry))
inline void combine(isa::arm_dsp, constant<Geometry, Policy> geometry, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_product const& by) {
    if (!int8_rescaling::takes(by.rescale)) return combine(isa::portable{}, geometry, out, a, b, by);
    dsp::multiply(Geometry, out, a, b, by);
}

}  // namespace inlay
