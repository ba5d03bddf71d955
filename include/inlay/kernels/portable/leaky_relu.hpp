// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/int8_rescale.hpp>
#include <inlay/kernels/unary.hpp>

#include <cstdint>
#include <type_traits>

namespace inlay {

struct float_leaky_relu {
    float alpha;

    constexpr float operator()(float x) const { return x > 0 ? x : x * alpha; }
};

struct int8_leaky_relu {
    int zero_point;
    fixed_point above;  ///< the factor from zero on
    fixed_point below;  ///< the magnitude of the factor below zero
    bool below_is_negative;
    int8_output output;

    constexpr std::int8_t operator()(std::int8_t q) const {
        std::int32_t const distance = q - zero_point;
        if (distance >= 0) return to_int8(rounding::twice::multiply(distance, above), output);
        std::int32_t const scaled = rounding::twice::multiply(distance, below);
        return to_int8(below_is_negative ? -scaled : scaled, output);
    }

    /// Whether the shifted number, 2^8 before the shift, stays within 32 bits.
    constexpr bool is_exact() const { return above.shift <= 22 && below.shift <= 22; }
};

/// x above zero, alpha * x below, for elements of type T; the factors are computed in float, as the reference does.
template <class T>
constexpr auto make_leaky_relu(affine in, leaky_relu_options const& options) {
    if constexpr (std::is_same_v<T, float>) {
        return float_leaky_relu{options.alpha};
    } else {
        float const below = in.scale * options.alpha / options.output.scale;
        return int8_leaky_relu{.zero_point = in.zero_point,
                               .above = to_fixed_point(static_cast<double>(in.scale / options.output.scale)),
                               .below = to_fixed_point(static_cast<double>(below < 0 ? -below : below)),
                               .below_is_negative = below < 0,
                               .output = {.zero_point = options.output.zero_point}};
    }
}

}  // namespace inlay
