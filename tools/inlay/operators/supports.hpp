// SPDX-License-Identifier: MIT
//
// The operators that inlay has. A new one is declared here, listed in supports.cpp, and defined in a file of its name.
#pragma once

#include "operators/operator.hpp"

namespace inlay::tool {

extern operator_support const add_support;
extern operator_support const average_pool2d_support;
extern operator_support const concatenation_support;
extern operator_support const conv2d_support;
extern operator_support const depthwise_conv2d_support;
extern operator_support const dequantize_support;
extern operator_support const expand_dims_support;
extern operator_support const fully_connected_support;
extern operator_support const hard_swish_support;
extern operator_support const leaky_relu_support;
extern operator_support const logistic_support;
extern operator_support const max_pool2d_support;
extern operator_support const mean_support;
extern operator_support const mul_support;
extern operator_support const pad_support;
extern operator_support const padv2_support;
extern operator_support const quantize_support;
extern operator_support const relu6_support;
extern operator_support const relu_n1_to_1_support;
extern operator_support const relu_support;
extern operator_support const reshape_support;
extern operator_support const softmax_support;
extern operator_support const squeeze_support;
extern operator_support const streamed_support;
extern operator_support const sub_support;
extern operator_support const sum_support;
extern operator_support const tanh_support;
extern operator_support const transpose_support;

}  // namespace inlay::tool
