// SPDX-License-Identifier: MIT
//
// Functions of fixed-point numbers, bit for bit as the reference computes them. A number of the format Qm is an
// std::int32_t with m integer bits and 31 - m fraction bits.
#pragma once

#include <inlay/core/fixed_point.hpp>

#include <cstdint>
#include <limits>

namespace inlay::fixed {

/// e^x in Q0 for x in Q0, -1/4 <= x < 0: a Taylor polynomial around -1/8.
///   source  gemmlowp exp_on_interval_between_negative_one_quarter_and_0_excl
constexpr std::int32_t exp_of_small_negative(std::int32_t a) {
    constexpr std::int32_t exp_of_minus_eighth = 1895147668;
    constexpr std::int32_t third = 715827883;
    std::int32_t const x = a + (1 << 28);
    std::int32_t const x2 = doubling_high_product(x, x);
    std::int32_t const x3 = doubling_high_product(x2, x);
    std::int32_t const x4 = doubling_high_product(x2, x2);
    // x^2 / 2 + x^3 / 6 + x^4 / 24 = (x^2 + (x^3 + x^4 / 4) / 3) / 2
    std::int32_t const rest = rounding_shift_right(doubling_high_product(rounding_shift_right(x4, 2) + x3, third) + x2, 1);
    return exp_of_minus_eighth + doubling_high_product(exp_of_minus_eighth, x + rest);
}

/// e^x in Q0 for x <= 0 in Q<IntegerBits>.
///   source  gemmlowp exp_on_negative_values
template <int IntegerBits>
constexpr std::int32_t exp_of_negative(std::int32_t a) {
    static_assert(IntegerBits >= 0 && IntegerBits <= 5, "below e^-32 the result would have to be cut to 0");
    if (a == 0) return std::numeric_limits<std::int32_t>::max();
    constexpr int fraction_bits = 31 - IntegerBits;
    constexpr std::int32_t quarter = 1 << (fraction_bits - 2);
    // x = r - k / 4 with -1/4 <= r < 0; the bits of k choose factors e^-(1/4), e^-(1/2), e^-1, ...
    constexpr std::int32_t factors[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    std::int32_t const r = (a & (quarter - 1)) - quarter;
    std::int32_t result = exp_of_small_negative(saturating_shift_left(r, IntegerBits));
    for (int bit = 0; bit < IntegerBits + 2; ++bit) {
        if (((r - a) >> (fraction_bits - 2 + bit) & 1) != 0) result = doubling_high_product(result, factors[bit]);
    }
    return result;
}

/// 1 / (1 + x) in Q0 for 0 <= x < 1 in Q0, by Newton's iteration.
///   source  gemmlowp one_over_one_plus_x_for_x_in_0_1
constexpr std::int32_t one_over_one_plus(std::int32_t a) {
    constexpr std::int32_t q2_48_over_17 = 1515870810;
    constexpr std::int32_t q2_minus_32_over_17 = -1010580540;
    constexpr std::int32_t q2_one = 1 << 29;
    auto const half_denominator = static_cast<std::int32_t>((std::int64_t{a} + (std::int64_t{1} << 31)) / 2);
    std::int32_t x = q2_48_over_17 + doubling_high_product(half_denominator, q2_minus_32_over_17);
    for (int step = 0; step < 3; ++step) {
        std::int32_t const error = q2_one - doubling_high_product(half_denominator, x);
        x += saturating_shift_left(doubling_high_product(x, error), 2);
    }
    return saturating_shift_left(x, 1);
}

}  // namespace inlay::fixed
