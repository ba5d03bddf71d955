// SPDX-License-Identifier: MIT
//
// inlay: everything an application and a generated header include.
#pragma once

#include <inlay/graph/engine.hpp>
#include <inlay/graph/sequential.hpp>
#include <inlay/layers/average_pool2d.hpp>
#include <inlay/layers/conv2d.hpp>
#include <inlay/layers/depthwise_conv2d.hpp>
#include <inlay/layers/fully_connected.hpp>
#include <inlay/layers/max_pool2d.hpp>
#include <inlay/layers/mean.hpp>
#include <inlay/layers/softmax.hpp>
#include <inlay/layers/sum.hpp>
