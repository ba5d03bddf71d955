// SPDX-License-Identifier: MIT
//
// The few functions of <cmath> that kernels need, usable in constant evaluation and free of errno and tables.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace inlay::math {

/// value = fraction * 2^exponent, 0.5 <= fraction < 1.
struct split_number {
    double fraction;
    int exponent;
};

/// Fraction and exponent of a positive, normal number.
constexpr split_number split(double value) {
    auto const bits = std::bit_cast<std::uint64_t>(value);
    int const exponent = static_cast<int>((bits >> 52) & 0x7ff) - 1022;
    return {std::bit_cast<double>((bits & 0x800f'ffff'ffff'ffff) | 0x3fe0'0000'0000'0000), exponent};
}

/// The nearest integer, half away from zero; infinities and not-a-number stay what they are.
constexpr double round(double value) {
    if (value < 0) return -round(-value);
    if (!(value < 4503599627370496.0)) return value;  // from 2^52 on every number is whole
    auto const whole = static_cast<double>(static_cast<std::int64_t>(value));
    return value - whole >= 0.5 ? whole + 1 : whole;
}

/// The nearest integer, half away from zero, saturated to std::int32_t; 0 for not-a-number.
constexpr std::int32_t round_to_int(float value) {
    if (value >= 2147483648.0F) return std::numeric_limits<std::int32_t>::max();
    if (!(value > -2147483648.0F)) return value == value ? std::numeric_limits<std::int32_t>::min() : 0;
    auto const whole = static_cast<std::int32_t>(value);
    float const rest = value - static_cast<float>(whole);
    return rest >= 0.5F ? whole + 1 : rest <= -0.5F ? whole - 1 : whole;
}

/// 2^exponent for -126 <= exponent <= 127.
constexpr float power_of_two(int exponent) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(exponent + 127) << 23);
}

/// e^x; 0 below -87, infinity above 88.7.
///   error   2 units in the last place
constexpr float exp(float x) {
    if (x < -87.0F) return 0;
    if (x > 88.7F) return std::numeric_limits<float>::infinity();
    // x = k ln 2 + r with |r| <= ln(2)/2; ln 2 in two parts, so that k ln 2 is exact; then a polynomial in r.
    std::int32_t const k = round_to_int(x * 1.44269504F);
    auto const steps = static_cast<float>(k);
    float const r = (x - steps * 0.693359375F) + steps * 2.12194440e-4F;
    float const r2 = r * r;
    float const tail = r2 * (0.5F + r * (1.66666657e-1F + r * (4.16668020e-2F + r * (8.33295562e-3F + r * 1.39243400e-3F))));
    float const e = 1.0F + (r + tail);
    return k > 127 ? e * 2.0F * power_of_two(k - 1) : e * power_of_two(k);
}

/// 1 / (1 + e^-x).
constexpr float logistic(float x) {
    if (x >= 0) return 1.0F / (1.0F + exp(-x));
    float const e = exp(x);
    return e / (1.0F + e);
}

/// Hyperbolic tangent.
///   error   2e-7 absolute
constexpr float tanh(float x) {
    if (x < 0) return -tanh(-x);
    if (x > 9.1F) return 1;
    if (x < 0.3F) {  // a series, as 1 - small would lose the digits of a small x
        float const x2 = x * x;
        return x * (1.0F + x2 * (-1.0F / 3 + x2 * (2.0F / 15 + x2 * (-17.0F / 315 + x2 * (62.0F / 2835)))));
    }
    return 1.0F - 2.0F / (1.0F + exp(2.0F * x));
}

}  // namespace inlay::math
