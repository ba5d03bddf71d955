// SPDX-License-Identifier: MIT
//
// inlay: everything an application and a generated header include.
#pragma once

#include <inlay/graph/engine.hpp>
#include <inlay/graph/sequential.hpp>
#include <inlay/graph/streamed.hpp>
#include <inlay/layers/add.hpp>
#include <inlay/layers/average_pool2d.hpp>
#include <inlay/layers/concatenation.hpp>
#include <inlay/layers/conv2d.hpp>
#include <inlay/layers/depthwise_conv2d.hpp>
#include <inlay/layers/dequantize.hpp>
#include <inlay/layers/expand_dims.hpp>
#include <inlay/layers/fully_connected.hpp>
#include <inlay/layers/hard_swish.hpp>
#include <inlay/layers/leaky_relu.hpp>
#include <inlay/layers/logistic.hpp>
#include <inlay/layers/max_pool2d.hpp>
#include <inlay/layers/mean.hpp>
#include <inlay/layers/mul.hpp>
#include <inlay/layers/pad.hpp>
#include <inlay/layers/padv2.hpp>
#include <inlay/layers/quantize.hpp>
#include <inlay/layers/relu.hpp>
#include <inlay/layers/relu6.hpp>
#include <inlay/layers/relu_n1_to_1.hpp>
#include <inlay/layers/reshape.hpp>
#include <inlay/layers/softmax.hpp>
#include <inlay/layers/squeeze.hpp>
#include <inlay/layers/sub.hpp>
#include <inlay/layers/sum.hpp>
#include <inlay/layers/tanh.hpp>
#include <inlay/layers/transpose.hpp>

#include INLAY_KERNELS
