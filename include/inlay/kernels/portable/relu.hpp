// SPDX-License-Identifier: MIT
//
// relu, relu6 and relu_n1_to_1.
#pragma once

#include <inlay/core/activation.hpp>
#include <inlay/kernels/portable/int8_rescale.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace inlay {

struct float_relu {
    float lowest;
    float highest;

    constexpr float operator()(float x) const { return std::min(std::max(x, lowest), highest); }
};

/// A clamp of the stored number.
struct int8_relu6 {
    int8_interval kept;

    constexpr std::int8_t operator()(std::int8_t q) const {
        return static_cast<std::int8_t>(std::clamp<int>(q, kept.lowest, kept.highest));
    }
    constexpr bool is_exact() const { return kept.lowest <= kept.highest; }
};

/// What is below the function's range becomes its lowest value, what is above its highest, for elements of type T.
///   source  TFLite RELU, RELU_N1_TO_1: rescaled from the input's quantisation to the output's.
///           TFLite Micro RELU6: stored numbers are cut to the input's 0 and 6, whatever the output's quantisation
template <class T, activation_function Function>
constexpr auto make_relu(affine in, affine out) {
    if constexpr (std::is_same_v<T, float>) {
        auto const kept = real_range(Function);
        return float_relu{kept.lowest, Function == activation_function::relu ? std::numeric_limits<float>::infinity() : kept.highest};
    } else if constexpr (Function == activation_function::relu6) {
        return int8_relu6{int8_range(Function, in)};
    } else {
        auto const kept = int8_range(Function, out);
        return int8_rescale{in.zero_point, to_fixed_point(static_cast<double>(in.scale / out.scale)),
                            {out.zero_point, kept.lowest, kept.highest}};
    }
}

}  // namespace inlay
