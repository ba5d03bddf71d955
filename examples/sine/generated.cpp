// SPDX-License-Identifier: MIT
//
// Two networks that inlay made from .tflite files, the same regressor in float32 and in int8.
#include "plot.hpp"
#include "sine_float.hpp"
#include "sine_int8.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace {

inlay::engine<sine_float::model> in_float;
inlay::engine<sine_int8::model> in_int8;

float sine_in_float(float angle) {
    in_float.get<sine_float::angle>()[0] = angle;
    in_float.run();
    return in_float.get<sine_float::sine>()[0];
}

/// The application speaks in radians, the network in integers: real = scale * (q - zero_point).
float sine_in_int8(float angle) {
    constexpr inlay::affine in = inlay::tensor_of<sine_int8::angle>::quantisation;
    constexpr inlay::affine out = inlay::tensor_of<sine_int8::sine>::quantisation;
    long const q = std::lround(angle / in.scale) + in.zero_point;
    in_int8.get<sine_int8::angle>()[0] = static_cast<std::int8_t>(std::clamp(q, -128L, 127L));
    in_int8.run();
    return out.scale * static_cast<float>(in_int8.get<sine_int8::sine>()[0] - out.zero_point);
}

}  // namespace

int main() {
    float const float_error = plot("sine in float32", sine_in_float);
    float const int8_error = plot("sine in int8", sine_in_int8);
    return float_error < 0.02F && int8_error < 0.06F ? 0 : 1;
}
