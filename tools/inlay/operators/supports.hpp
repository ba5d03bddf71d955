// SPDX-License-Identifier: MIT
//
// The operators that inlay has. A new one is declared here, listed in supports.cpp, and defined in a file of its name.
#pragma once

#include "operators/operator.hpp"

namespace inlay::tool {

extern operator_support const average_pool2d_support;
extern operator_support const conv2d_support;
extern operator_support const depthwise_conv2d_support;
extern operator_support const fully_connected_support;
extern operator_support const max_pool2d_support;
extern operator_support const mean_support;
extern operator_support const softmax_support;
extern operator_support const sum_support;

}  // namespace inlay::tool
