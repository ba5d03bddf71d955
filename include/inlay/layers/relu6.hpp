// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/relu.hpp>
#include <inlay/layers/unary.hpp>

namespace inlay {

template <affine Output>
struct relu6_operator {
    template <class T>
    static constexpr auto make([[maybe_unused]] affine in) {
        return make_relu<T, activation_function::relu6>(in, Output);
    }
};

/// min(6, max(0, x)).
///   input   float or int8, any shape
///   output  the same element type and shape; int8: stored numbers pass unchanged, so give the quantisation of the input
///   error   int8: bit-exact with the TFLite reference kernel of TensorFlow Lite Micro
///   source  TFLite RELU6; ONNX Clip
template <unary_options Options = unary_options{}>
struct relu6 : unary<relu6_operator<Options.output>, Options.output> {};

}  // namespace inlay
