// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/core/tensor.hpp>

namespace inlay {

/// Of operators that map each element by itself: logistic, tanh, relu, relu6, relu_n1_to_1, hard_swish, quantize, dequantize.
struct unary_options {
    affine output = {};  ///< quantisation of the result

    friend constexpr bool operator==(unary_options const&, unary_options const&) = default;
};

struct leaky_relu_options {
    float alpha = 0;     ///< the slope below zero
    affine output = {};  ///< quantisation of the result

    friend constexpr bool operator==(leaky_relu_options const&, leaky_relu_options const&) = default;
};

}  // namespace inlay

#include <inlay/kernels/portable/unary.hpp>  // IWYU pragma: export
