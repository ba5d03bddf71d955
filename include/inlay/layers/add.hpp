// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/layers/elementwise.hpp>

namespace inlay {

struct add_arithmetic {
    template <class T>
    static constexpr auto make(affine a, affine b, elementwise_options const& options) {
        return make_add<T>(a, b, options);
    }
};

/// Sum of two tensors, element by element, with broadcasting.
///   input   a, b: float or int8, rank 0 to 6; on each axis, counted from the last, their extents agree or one is 1
///   output  on each axis the larger of the two extents
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite ADD; ONNX Add, QLinearAdd
template <elementwise_options Options = elementwise_options{}>
struct add : elementwise<add_arithmetic, Options> {};

}  // namespace inlay
