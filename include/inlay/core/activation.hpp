// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/math.hpp>
#include <inlay/core/tensor.hpp>

#include <algorithm>
#include <limits>

namespace inlay {

/// An activation fused into the operator before it.
enum class activation_function { none, relu, relu6, relu_n1_to_1 };

struct real_interval {
    float lowest;
    float highest;
};

struct int8_interval {
    int lowest;
    int highest;
};

/// The values that a fused activation lets through.
constexpr real_interval real_range(activation_function function) {
    constexpr float most = std::numeric_limits<float>::max();
    switch (function) {
        case activation_function::relu: return {0, most};
        case activation_function::relu6: return {0, 6};
        case activation_function::relu_n1_to_1: return {-1, 1};
        case activation_function::none: break;
    }
    return {-most, most};
}

/// The int8 values that a fused activation lets through, for the output's quantisation.
///   source  TFLite CalculateActivationRangeQuantized: the ends are rounded in float, then cut to int8
constexpr int8_interval int8_range(activation_function function, affine to) {
    auto const quantise = [&](float real) {
        // A small scale puts an end far outside int8, or beyond all floats; 1024 is far enough.
        double const wide = static_cast<double>(real) / static_cast<double>(to.scale);
        double const steps = wide > 1024 ? 1024 : wide < -1024 ? -1024 : static_cast<double>(real / to.scale);
        return static_cast<int>(std::clamp(to.zero_point + math::round(steps), -128.0, 127.0));
    };
    switch (function) {
        case activation_function::relu: return {quantise(0), 127};
        case activation_function::relu6: return {quantise(0), quantise(6)};
        case activation_function::relu_n1_to_1: return {quantise(-1), quantise(1)};
        case activation_function::none: break;
    }
    return {-128, 127};
}

}  // namespace inlay
