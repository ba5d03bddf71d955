// SPDX-License-Identifier: MIT
//
// All kernels of Helium, and those it falls back to.
#pragma once

#include <inlay/kernels/arm_dsp/kernels.hpp>
#include <inlay/kernels/arm_mve/conv2d.hpp>
#include <inlay/kernels/arm_mve/copy_elements.hpp>
#include <inlay/kernels/arm_mve/depthwise_channels.hpp>
#include <inlay/kernels/arm_mve/depthwise_conv2d.hpp>
#include <inlay/kernels/arm_mve/elementwise.hpp>
#include <inlay/kernels/arm_mve/fully_connected.hpp>
#include <inlay/kernels/arm_mve/pool2d.hpp>
#include <inlay/kernels/arm_mve/reduce.hpp>
#include <inlay/kernels/arm_mve/unary.hpp>
