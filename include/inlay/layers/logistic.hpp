// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/logistic.hpp>
#include <inlay/layers/unary.hpp>

namespace inlay {

template <affine Output>
struct logistic_operator {
    template <class T>
    static constexpr auto make([[maybe_unused]] affine in) {
        return make_logistic<T>(in);
    }
};

/// 1 / (1 + e^-x).
///   input   float or int8, any shape
///   output  the same element type and shape; int8: scale 1/256, zero point -128
///   error   int8: bit-exact with the TFLite reference kernel; float32: 3 units in the last place
///   source  TFLite LOGISTIC; ONNX Sigmoid
template <unary_options Options = unary_options{}>
struct logistic : unary<logistic_operator<Options.output>, Options.output> {};

}  // namespace inlay
