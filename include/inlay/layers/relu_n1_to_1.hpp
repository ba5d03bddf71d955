// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/relu.hpp>
#include <inlay/layers/unary.hpp>

namespace inlay {

template <affine Output>
struct relu_n1_to_1_operator {
    template <class T>
    static constexpr auto make([[maybe_unused]] affine in) {
        return make_relu<T, activation_function::relu_n1_to_1>(in, Output);
    }
};

/// min(1, max(-1, x)).
///   input   float or int8, any shape
///   output  the same element type and shape
///   error   int8: rounds as RELU of the TFLite reference kernels does
///   source  TFLite RELU_N1_TO_1; ONNX Clip
template <unary_options Options = unary_options{}>
struct relu_n1_to_1 : unary<relu_n1_to_1_operator<Options.output>, Options.output> {};

}  // namespace inlay
