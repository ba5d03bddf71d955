// SPDX-License-Identifier: MIT
//
// Which int8 tensors the kernels of the Cortex-M put together element by element.
//
// Sums are those of quick_sum.hpp, but for Helium: there, of the two factors to the common scale one is a half, that of the larger
// scale, so that its operand takes a shift.
#pragma once

#include <inlay/kernels/elementwise.hpp>
#include <inlay/kernels/int8_rescaling.hpp>
#include <inlay/kernels/kernel_choice.hpp>
#include <inlay/kernels/quick_sum.hpp>

#include <cstdint>

namespace inlay {

constexpr bool is_half(fixed_point factor) { return factor == fixed_point{1 << 30, 0}; }

/// Whether one factor is a half, and the numbers lie where one product and one shift round as the reference does.
constexpr bool is_shift_and_product(int8_sum const& by) {
    return (is_half(by.factor_a) || is_half(by.factor_b)) && by.factor_a.shift <= 0 && by.factor_b.shift <= 0 && int8_rescaling::takes(by.rescale);
}

/// Both operands in a row, element by element.
constexpr bool is_flat(elementwise_geometry const& g) { return g.extent.rank == 1 && g.step[0][0] == 1 && g.step[1][0] == 1; }

/// Runs of elements, of one operand perhaps the same one again and again.
constexpr bool is_in_runs(elementwise_geometry const& g) {
    return g.inner_step(0) + g.inner_step(1) >= 1 && g.inner_step(0) <= 1 && g.inner_step(1) <= 1;
}

/// What a sum takes off instead of adding it.
enum class subtracted { nothing, halved, scaled };

/// Calls add(halved, scaled, zero points of both, factor of the scaled one) with what is to be subtracted as a template argument.
template <class Add>
[[gnu::always_inline]] inline void in_order(std::int8_t const* a, std::int8_t const* b, int8_sum const& by, Add add) {
    if (is_half(by.factor_a)) {
        auto const run = [&]<subtracted Which>() __attribute__((always_inline)) { add.template operator()<Which>(a, b, by.zero_point_a, by.zero_point_b, by.factor_b); };
        by.subtract ? run.template operator()<subtracted::scaled>() : run.template operator()<subtracted::nothing>();
    } else {
        auto const run = [&]<subtracted Which>() __attribute__((always_inline)) { add.template operator()<Which>(b, a, by.zero_point_b, by.zero_point_a, by.factor_a); };
        by.subtract ? run.template operator()<subtracted::halved>() : run.template operator()<subtracted::nothing>();
    }
}

/// Calls multiply(out, a, b, count) for each run, with whether b is one element as a template argument.
template <class Multiply>
[[gnu::always_inline]] inline void each_run(elementwise_geometry const& g, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int zero_a, int zero_b, Multiply multiply) {
    int const count = g.extent.last();
    for (int row = 0; row < g.rows(); ++row, out += count) {
        auto const* const left = a + g.offset(0, row);
        auto const* const right = b + g.offset(1, row);
        if (g.inner_step(0) == 0) {
            multiply.template operator()<true>(out, right, left, count, zero_b, zero_a);
        } else if (g.inner_step(1) == 0) {
            multiply.template operator()<true>(out, left, right, count, zero_a, zero_b);
        } else {
            multiply.template operator()<false>(out, left, right, count, zero_a, zero_b);
        }
    }
}

constexpr kernel_choice kernel_of(isa::thumb1, elementwise_geometry const& g, int8_sum const& by) {
    return kernel_choice{.name = "m0 elements"}.where(is_flat(g) && quick_sum::of(by).is_possible());
}
constexpr kernel_choice kernel_of(isa::armv7m, elementwise_geometry const& g, int8_sum const& by) {
    return kernel_choice{.name = "m3 elements"}.where(is_flat(g) && quick_sum::of(by).is_possible());
}
constexpr kernel_choice kernel_of(isa::arm_dsp, elementwise_geometry const& g, int8_sum const& by) {
    return kernel_choice{.name = "dsp elements"}.where(is_flat(g) && quick_sum::of(by).is_possible());
}
constexpr kernel_choice kernel_of(isa::arm_mve, elementwise_geometry const& g, int8_sum const& by) {
    return kernel_choice{.name = "mve elements"}.where(is_flat(g) && is_shift_and_product(by));
}

constexpr bool makes(elementwise_geometry const& g, int8_product const& by) { return is_in_runs(g) && int8_rescaling::takes(by.rescale); }

constexpr kernel_choice kernel_of(isa::thumb1, elementwise_geometry const& g, int8_product const& by) {
    return kernel_choice{.name = "m0 elements"}.where(makes(g, by));
}
constexpr kernel_choice kernel_of(isa::armv7m, elementwise_geometry const& g, int8_product const& by) {
    return kernel_choice{.name = "m3 elements"}.where(makes(g, by));
}
constexpr kernel_choice kernel_of(isa::arm_dsp, elementwise_geometry const& g, int8_product const& by) {
    return kernel_choice{.name = "dsp elements"}.where(makes(g, by));
}
constexpr kernel_choice kernel_of(isa::arm_mve, elementwise_geometry const& g, int8_product const& by) {
    return kernel_choice{.name = "mve elements"}.where(makes(g, by));
}

}  // namespace inlay
