// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/layers/elementwise.hpp>

namespace inlay {

struct mul_arithmetic {
    template <class T>
    static constexpr auto make(affine a, affine b, elementwise_options const& options) {
        return make_mul<T>(a, b, options);
    }
};

/// Product of two tensors, element by element, with broadcasting.
///   input   a, b: float or int8, rank 0 to 6; on each axis, counted from the last, their extents agree or one is 1
///   output  on each axis the larger of the two extents
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite MUL; ONNX Mul, QLinearMul
template <elementwise_options Options = elementwise_options{}>
struct mul : elementwise<mul_arithmetic, Options> {};

}  // namespace inlay
