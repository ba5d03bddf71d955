// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/fixed_point.hpp>
#include <inlay/core/tensor.hpp>

#include <algorithm>
#include <cstdint>
#include <type_traits>

namespace inlay {

struct float_hard_swish {
    constexpr float operator()(float x) const { return x * std::min(6.0F, std::max(0.0F, x + 3)) / 6; }
};

/// A real factor with 15 bits: real = multiplier / 2^15 * 2^exponent.
struct short_factor {
    int multiplier;
    int exponent;
};

constexpr short_factor to_short_factor(float real) {
    auto const factor = to_fixed_point(static_cast<double>(real));
    std::int64_t const rounded = (std::int64_t{factor.multiplier} + (1 << 15)) >> 16;
    return {static_cast<int>(std::min<std::int64_t>(rounded, 32767)), static_cast<int>(factor.shift)};
}

/// All in 16 bits: the number, shifted up by 7 bits, is scaled once to what the output would be for x >= 3, and once to the
/// slope, which goes from 0 at -3 to 1 at 3.
///   source  TFLite HARD_SWISH: reference kernel
struct int8_hard_swish {
    int zero_point;
    int output_zero_point;
    short_factor to_output;
    short_factor to_slope;

    constexpr std::int8_t operator()(std::int8_t q) const {
        int const fine = (q - zero_point) * (1 << 7);
        int const linear = high_product(fine, to_output.multiplier);
        // A shift to the left saturates. All but its last bit happens before the multiplication, where saturation does no harm.
        bool const left = to_slope.exponent > 0;
        int slope = high_product(left ? saturate(std::int64_t{fine} << (to_slope.exponent - 1)) : fine, to_slope.multiplier);
        slope = left ? saturate(std::int64_t{slope} * 2) : static_cast<int>(rounding_shift_right(slope, -to_slope.exponent));
        slope = (slope + (1 << 15)) >> 1;
        // This product is cut towards zero, where the others round: the two biases cancel.
        int const product = slope * linear / (1 << 15);
        int const result = static_cast<int>(rounding_shift_right(product, -to_output.exponent)) + output_zero_point;
        return static_cast<std::int8_t>(std::clamp(result, -128, 127));
    }

    /// Whether the scales lie where the arithmetic holds.
    constexpr bool is_exact() const {
        return to_output.exponent <= 0 && to_output.exponent >= -15 && to_slope.exponent >= -15 && to_slope.exponent < 30;
    }

private:
    static constexpr int high_product(int a, int b) { return (a * b + (1 << 14)) >> 15; }
    static constexpr int saturate(std::int64_t value) { return static_cast<int>(std::clamp<std::int64_t>(value, -32768, 32767)); }
};

/// x * min(6, max(0, x + 3)) / 6 for elements of type T; the factors are computed in float, as the reference does.
template <class T>
constexpr auto make_hard_swish(affine in, affine out) {
    if constexpr (std::is_same_v<T, float>) {
        return float_hard_swish{};
    } else {
        float const fine_scale = (1.0F / 128) * in.scale;
        return int8_hard_swish{in.zero_point, out.zero_point, to_short_factor(fine_scale / out.scale),
                               to_short_factor(fine_scale / (3.0F / 32768))};
    }
}

}  // namespace inlay
