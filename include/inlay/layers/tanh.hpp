// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/tanh.hpp>
#include <inlay/layers/unary.hpp>

namespace inlay {

template <affine Output>
struct tanh_operator {
    template <class T>
    static constexpr auto make([[maybe_unused]] affine in) {
        return make_tanh<T>(in);
    }
};

/// Hyperbolic tangent.
///   input   float or int8, any shape
///   output  the same element type and shape; int8: scale 1/128, zero point 0
///   error   int8: bit-exact with the TFLite reference kernel; float32: 2e-7 absolute
///   source  TFLite TANH; ONNX Tanh
template <unary_options Options = unary_options{}>
struct tanh : unary<tanh_operator<Options.output>, Options.output> {};

}  // namespace inlay
