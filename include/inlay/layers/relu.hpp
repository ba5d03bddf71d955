// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/relu.hpp>
#include <inlay/layers/unary.hpp>

namespace inlay {

template <affine Output>
struct relu_operator {
    template <class T>
    static constexpr auto make([[maybe_unused]] affine in) {
        return make_relu<T, activation_function::relu>(in, Output);
    }
};

/// max(0, x).
///   input   float or int8, any shape
///   output  the same element type and shape
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite RELU; ONNX Relu
template <unary_options Options = unary_options{}>
struct relu : unary<relu_operator<Options.output>, Options.output> {};

}  // namespace inlay
