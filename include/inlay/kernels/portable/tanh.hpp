// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/logistic.hpp>

namespace inlay {

struct int8_tanh {
    q4_input input;

    static constexpr affine result_quantisation{1.0F / 128, 0};

    constexpr std::int8_t operator()(std::int8_t q) const {
        int const distance = q - input.zero_point;
        if (distance <= -input.radius) return -128;
        if (distance >= input.radius) return 127;
        std::int32_t const scaled = rounding_shift_right(q31::tanh(input.scaled(distance)), 31 - 7);
        return static_cast<std::int8_t>(std::clamp(static_cast<int>(scaled), -128, 127));
    }
    constexpr bool is_exact() const { return input.is_exact(); }
};

struct float_tanh {
    constexpr float operator()(float x) const { return math::tanh(x); }
};

/// The hyperbolic tangent for elements of type T.
template <class T>
constexpr auto make_tanh(affine in) {
    if constexpr (std::is_same_v<T, float>) return float_tanh{};
    else return int8_tanh{make_q4_input(in)};
}

}  // namespace inlay
