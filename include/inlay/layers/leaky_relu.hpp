// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/leaky_relu.hpp>
#include <inlay/layers/unary.hpp>

namespace inlay {

template <leaky_relu_options Options>
struct leaky_relu_operator {
    template <class T>
    static constexpr auto make(affine in) {
        return make_leaky_relu<T>(in, Options);
    }
};

/// x above zero, alpha * x below; alpha may be negative or above 1.
///   input   float or int8, any shape
///   output  the same element type and shape
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite LEAKY_RELU; ONNX LeakyRelu
template <leaky_relu_options Options = leaky_relu_options{}>
struct leaky_relu : unary<leaky_relu_operator<Options>, Options.output> {};

}  // namespace inlay
