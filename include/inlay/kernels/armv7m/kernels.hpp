// SPDX-License-Identifier: MIT
//
// All kernels of Armv7-M.
#pragma once

#include <inlay/kernels/armv7m/conv2d.hpp>
#include <inlay/kernels/armv7m/conv2d_channels.hpp>
#include <inlay/kernels/armv7m/copy.hpp>
#include <inlay/kernels/armv7m/depthwise_channels.hpp>
#include <inlay/kernels/armv7m/depthwise_conv2d.hpp>
#include <inlay/kernels/armv7m/elementwise.hpp>
#include <inlay/kernels/armv7m/fully_connected.hpp>
#include <inlay/kernels/armv7m/pool2d.hpp>
#include <inlay/kernels/armv7m/reduce.hpp>
#include <inlay/kernels/armv7m/unary.hpp>
