// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/math.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace inlay {

/// A real factor as integers: real = multiplier / 2^31 * 2^shift. The multiplier lies in [2^30, 2^31), or is 0.
struct fixed_point {
    std::int32_t multiplier = 0;
    std::int32_t shift = 0;

    friend constexpr bool operator==(fixed_point const&, fixed_point const&) = default;
};

/// The nearest fixed-point number to a real one that is not negative; below 2^-32 it is 0.
///   source  TFLite QuantizeMultiplier
constexpr fixed_point to_fixed_point(double real) {
    if (real == 0) return {};
    auto [fraction, shift] = math::split(real);
    auto multiplier = static_cast<std::int64_t>(math::round(fraction * 2147483648.0));
    if (multiplier == std::int64_t{1} << 31) {
        multiplier /= 2;
        ++shift;
    }
    if (shift < -31) return {};
    if (shift > 30) return {std::numeric_limits<std::int32_t>::max(), 30};
    return {static_cast<std::int32_t>(multiplier), shift};
}

/// high half of 2 * a * b, rounded half up, saturated where a and b are both the lowest number.
///   source  gemmlowp SaturatingRoundingDoublingHighMul
constexpr std::int32_t doubling_high_product(std::int32_t a, std::int32_t b) {
    constexpr auto lowest = std::numeric_limits<std::int32_t>::min();
    if (a == lowest && b == lowest) return std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>((std::int64_t{a} * b + (std::int64_t{1} << 30)) >> 31);
}

/// value / 2^exponent, rounded half away from zero; exponent 0 to 31.
///   source  gemmlowp RoundingDivideByPOT
constexpr std::int32_t rounding_shift_right(std::int32_t value, int exponent) {
    if (exponent == 0) return value;
    auto const half = (std::int64_t{1} << (exponent - 1)) - (value < 0 ? 1 : 0);
    return static_cast<std::int32_t>((value + half) >> exponent);
}

/// value * 2^exponent modulo 2^32, as the reference's shift does.
constexpr std::int32_t shift_left(std::int32_t value, int exponent) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(value) << exponent);
}

/// value * 2^exponent, saturated.
constexpr std::int32_t saturating_shift_left(std::int32_t value, int exponent) {
    constexpr std::int64_t lowest = std::numeric_limits<std::int32_t>::min();
    constexpr std::int64_t highest = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(std::clamp(std::int64_t{value} * (std::int64_t{1} << exponent), lowest, highest));
}

/// The rounding of a requantisation; a scheme names one.
namespace rounding {

/// Rounds the product to 31 bits, then the shift: what TensorFlow Lite Micro's reference kernels do.
struct twice {
    static constexpr std::int32_t multiply(std::int32_t value, fixed_point factor) {
        int const left = factor.shift > 0 ? factor.shift : 0;
        int const right = factor.shift > 0 ? 0 : -factor.shift;
        return rounding_shift_right(doubling_high_product(shift_left(value, left), factor.multiplier), right);
    }
};

/// Rounds once, half up: TFLite built with TFLITE_SINGLE_ROUNDING.
struct once {
    static constexpr std::int32_t multiply(std::int32_t value, fixed_point factor) {
        int const total = 31 - factor.shift;
        auto const product = std::int64_t{value} * factor.multiplier + (std::int64_t{1} << (total - 1));
        return static_cast<std::int32_t>(product >> total);
    }
};

}  // namespace rounding
}  // namespace inlay
