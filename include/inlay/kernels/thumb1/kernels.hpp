// SPDX-License-Identifier: MIT
//
// All kernels of Armv6-M.
#pragma once

#include <inlay/kernels/thumb1/conv2d.hpp>
#include <inlay/kernels/thumb1/conv2d_channels.hpp>
#include <inlay/kernels/thumb1/copy.hpp>
#include <inlay/kernels/thumb1/depthwise_channels.hpp>
#include <inlay/kernels/thumb1/depthwise_conv2d.hpp>
#include <inlay/kernels/thumb1/elementwise.hpp>
#include <inlay/kernels/thumb1/fully_connected.hpp>
#include <inlay/kernels/thumb1/pool2d.hpp>
#include <inlay/kernels/thumb1/reduce.hpp>
#include <inlay/kernels/thumb1/unary.hpp>
