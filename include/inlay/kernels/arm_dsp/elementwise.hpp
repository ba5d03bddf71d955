// SPDX-License-Identifier: MIT
//
// Sums, differences and products of int8 tensors on the DSP extension, four elements at a time. Sums as in quick_sum.hpp, products
// as in int8_rescaling.hpp: negative numbers are rounded half away from zero, so the sign of what is multiplied is added.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/arm_dsp/rescaling.hpp>
#include <inlay/kernels/arm_dsp/sum_kernel.hpp>
#include <inlay/kernels/elementwise_choice.hpp>
#include <inlay/kernels/twin/elementwise.hpp>

#include <cstdint>

namespace inlay::dsp {

/// Products of elements of two operands.
///   RepeatsRight   the right operand is one element
template <bool FullRange, bool RepeatsRight>
[[gnu::noinline]] void multiply_elements(std::int8_t* out, std::int8_t const* left, std::int8_t const* right, int count, int zero_left, int zero_right,
                                         fixed_point factor, int8_output const& to) {
    rescaling<FullRange> const rescale{factor, to};
    [[maybe_unused]] int const repeated = *right - zero_right;
    auto const* const end = left + (count & ~3);
    for (; left != end; left += 4, right += RepeatsRight ? 0 : 4, out += 4) {
        auto const l = load_word(left);
        auto const r = RepeatsRight ? 0 : load_word(right);
        auto const at = [&]<int Byte> { return rescale(sxtab<Byte>(-zero_left, l) * (RepeatsRight ? repeated : sxtab<Byte>(-zero_right, r))); };
        auto const first = at.template operator()<0>();
        auto const second = at.template operator()<1>();
        auto const third = at.template operator()<2>();
        auto const fourth = at.template operator()<3>();
        out[0] = first;
        out[1] = second;
        out[2] = third;
        out[3] = fourth;
    }
    for (int i = 0; i < (count & 3); ++i) out[i] = rescale((left[i] - zero_left) * (RepeatsRight ? repeated : right[i] - zero_right));
}

/// Calls run with whether results keep all of int8.
template <class Run>
[[gnu::always_inline]] inline void with_range(int8_output const& to, Run run) {
    to.lowest == -128 && to.highest == 127 ? run.template operator()<true>() : run.template operator()<false>();
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
    auto const quick = quick_sum::of(by);
    if (!quick.is_possible()) return combine(isa::portable{}, geometry, out, a, b, by);
    twin::add<isa::arm_dsp>(out, a, b, Geometry.extent[0], by, quick);
}

/// The product of two int8 tensors.
template <auto Geometry, policy Policy>
    requires(is_in_runs(Geometry))
inline void combine(isa::arm_dsp, constant<Geometry, Policy> geometry, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_product const& by) {
    if (!int8_rescaling::takes(by.rescale)) return combine(isa::portable{}, geometry, out, a, b, by);
    dsp::multiply(Geometry, out, a, b, by);
}

}  // namespace inlay
