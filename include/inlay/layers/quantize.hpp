// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/quantize.hpp>
#include <inlay/layers/unary.hpp>

namespace inlay {

template <affine Output>
struct quantize_operator {
    template <class T>
    static constexpr auto make([[maybe_unused]] affine in) {
        return make_quantize<T>(in, Output);
    }
};

/// A float tensor as int8, or an int8 tensor under another scale and zero point.
///   input   float or int8, any shape
///   output  int8, the same shape
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite QUANTIZE; ONNX QuantizeLinear
template <unary_options Options = unary_options{}>
struct quantize : unary<quantize_operator<Options.output>, Options.output> {};

}  // namespace inlay
