// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/hard_swish.hpp>
#include <inlay/layers/unary.hpp>

namespace inlay {

template <affine Output>
struct hard_swish_operator {
    template <class T>
    static constexpr auto make([[maybe_unused]] affine in) {
        return make_hard_swish<T>(in, Output);
    }
};

/// x * min(6, max(0, x + 3)) / 6.
///   input   float or int8, any shape
///   output  the same element type and shape
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite HARD_SWISH; ONNX HardSwish
template <unary_options Options = unary_options{}>
struct hard_swish : unary<hard_swish_operator<Options.output>, Options.output> {};

}  // namespace inlay
