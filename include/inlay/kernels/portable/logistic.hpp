// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/math.hpp>
#include <inlay/core/tensor.hpp>
#include <inlay/core/q31.hpp>

#include <algorithm>
#include <cstdint>
#include <type_traits>

namespace inlay {

/// An int8 number on its way into a fixed-point function with 4 integer bits. `radius` is the distance from the zero point
/// from which on the function has reached its end.
struct q4_input {
    int zero_point;
    fixed_point factor;
    int radius;

    constexpr std::int32_t scaled(int distance) const { return rounding::twice::multiply(distance, factor); }

    /// Whether the scale lies where the arithmetic holds: from 2^-28 to below 4.
    constexpr bool is_exact() const { return factor.shift >= 0 && factor.shift < 30; }
};

constexpr q4_input make_q4_input(affine in) {
    auto const factor = to_fixed_point(static_cast<double>(in.scale) * (1 << 27));
    std::int64_t const reach = std::int64_t{15} << 27;
    return {in.zero_point, factor, static_cast<int>(factor.shift >= 0 ? reach >> factor.shift : reach)};
}

struct int8_logistic {
    q4_input input;

    static constexpr affine result_quantisation{1.0F / 256, -128};

    constexpr std::int8_t operator()(std::int8_t q) const {
        int const distance = q - input.zero_point;
        if (distance <= -input.radius) return -128;
        if (distance >= input.radius) return 127;
        std::int32_t const scaled = rounding_shift_right(q31::logistic(input.scaled(distance)), 31 - 8);
        return static_cast<std::int8_t>(std::clamp(static_cast<int>(scaled) - 128, -128, 127));
    }
    constexpr bool is_exact() const { return input.is_exact(); }
};

struct float_logistic {
    constexpr float operator()(float x) const { return math::logistic(x); }
};

/// 1 / (1 + e^-x) for elements of type T.
template <class T>
constexpr auto make_logistic(affine in) {
    if constexpr (std::is_same_v<T, float>) return float_logistic{};
    else return int8_logistic{make_q4_input(in)};
}

}  // namespace inlay
