// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/dequantize.hpp>
#include <inlay/layers/unary.hpp>

#include <cstdint>
#include <type_traits>

namespace inlay {

struct dequantize_operator {
    template <class T>
    static constexpr auto make(affine in) {
        static_assert(std::is_same_v<T, std::int8_t>, "dequantize: the input's elements are not int8");
        return make_dequantize(in);
    }
};

/// The real numbers that int8 ones stand for.
///   input   int8, any shape
///   output  float, the same shape
///   error   bit-exact with the TFLite reference kernel
///   source  TFLite DEQUANTIZE; ONNX DequantizeLinear
template <unary_options Options = unary_options{}>
struct dequantize : unary<dequantize_operator, Options.output> {};

}  // namespace inlay
