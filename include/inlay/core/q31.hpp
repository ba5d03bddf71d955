// SPDX-License-Identifier: MIT
//
// exp, reciprocal, logistic and tanh in 32-bit fixed point, bit for bit as the reference's int8 kernels compute them.
//   source  gemmlowp fixedpoint
//
// A number with n integer bits stands for raw / 2^(31 - n). A product of numbers with m and n integer bits has m + n.
#pragma once

#include <inlay/core/fixed_point.hpp>

#include <cstdint>
#include <limits>

namespace inlay::q31 {

/// 1 with no integer bits, as nearly as it can be said.
inline constexpr std::int32_t one = std::numeric_limits<std::int32_t>::max();

/// e^x without integer bits, for -1/4 <= x < 0 without integer bits.
constexpr std::int32_t exp_below_quarter(std::int32_t x) {
    constexpr std::int32_t exp_of_minus_eighth = 1895147668;
    constexpr std::int32_t third = 715827883;
    // A Taylor series around -1/8: 1 + d + d^2/2 + d^3/6 + d^4/24, in nested form.
    std::int32_t const d = x + (std::int32_t{1} << 28);
    std::int32_t const d2 = doubling_high_product(d, d);
    std::int32_t const d3 = doubling_high_product(d2, d);
    std::int32_t const d4 = doubling_high_product(d2, d2);
    std::int32_t const thirds = doubling_high_product(rounding_shift_right(d4, 2) + d3, third);
    std::int32_t const tail = rounding_shift_right(thirds + d2, 1);
    return exp_of_minus_eighth + doubling_high_product(exp_of_minus_eighth, d + tail);
}

/// e^x without integer bits, for x <= 0 with `IntegerBits` of 4 or 5.
template <int IntegerBits>
constexpr std::int32_t exp_of_negative(std::int32_t x) {
    constexpr int fraction_bits = 31 - IntegerBits;
    constexpr std::int32_t quarter = std::int32_t{1} << (fraction_bits - 2);
    if (x == 0) return one;
    // x = rest - remainder: the rest lies within a quarter below zero, the remainder is a sum of powers of two from 1/4 on,
    // and each of those that is there multiplies the result by its exponential.
    std::int32_t const rest = (x & (quarter - 1)) - quarter;
    std::int32_t const remainder = rest - x;
    std::int32_t result = exp_below_quarter(saturating_shift_left(rest, IntegerBits));
    constexpr std::int32_t exp_of_minus_power[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};  // 1/4 to 16
    for (int power = 0; power < IntegerBits + 2; ++power) {
        if ((remainder & (quarter << power)) != 0) result = doubling_high_product(result, exp_of_minus_power[power]);
    }
    return result;
}

/// 1 / (1 + x) * 2 with 2 integer bits, for 0 <= x <= 1 without integer bits: three steps of Newton's division of (1 + x) / 2.
constexpr std::int32_t double_reciprocal_of_one_plus(std::int32_t x) {
    constexpr std::int32_t one_q2 = std::int32_t{1} << 29;
    constexpr std::int32_t first = 1515870810;   // 48 / 17
    constexpr std::int32_t slope = -1010580540;  // -32 / 17
    auto const half_denominator = static_cast<std::int32_t>((std::int64_t{x} + one + 1) / 2);
    std::int32_t quotient = first + doubling_high_product(half_denominator, slope);
    for (int step = 0; step < 3; ++step) {
        std::int32_t const missing = one_q2 - doubling_high_product(half_denominator, quotient);
        quotient += saturating_shift_left(doubling_high_product(quotient, missing), 2);
    }
    return quotient;
}

/// 1 / (1 + x) without integer bits, for 0 <= x <= 1 without integer bits.
constexpr std::int32_t reciprocal_of_one_plus(std::int32_t x) { return saturating_shift_left(double_reciprocal_of_one_plus(x), 1); }

/// 1 / (1 + e^-x) without integer bits, for x with 4 integer bits.
constexpr std::int32_t logistic(std::int32_t x) {
    if (x == 0) return std::int32_t{1} << 30;
    std::int32_t const magnitude = x > 0 ? x : -x;
    std::int32_t const positive = reciprocal_of_one_plus(exp_of_negative<4>(-magnitude));
    return x > 0 ? positive : one - positive;
}

/// tanh x without integer bits, for x with 4 integer bits: (1 - e^-2|x|) / (1 + e^-2|x|), and the sign.
constexpr std::int32_t tanh(std::int32_t x) {
    if (x == 0) return 0;
    constexpr std::int32_t one_q2 = std::int32_t{1} << 29;
    std::int32_t const magnitude = x > 0 ? x : -x;
    // The raw number of x with 4 integer bits is that of 2x with 5.
    std::int32_t const positive = saturating_shift_left(double_reciprocal_of_one_plus(exp_of_negative<5>(-magnitude)) - one_q2, 2);
    return x > 0 ? positive : -positive;
}

}  // namespace inlay::q31
