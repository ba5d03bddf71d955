// SPDX-License-Identifier: MIT
//
// All kernels of Helium with floats, and those it falls back to.
#pragma once

#include <inlay/kernels/arm_mve/kernels.hpp>
#include <inlay/kernels/arm_mve_fp/conv2d.hpp>
#include <inlay/kernels/arm_mve_fp/depthwise_conv2d.hpp>
#include <inlay/kernels/arm_mve_fp/elementwise.hpp>
#include <inlay/kernels/arm_mve_fp/fully_connected.hpp>
#include <inlay/kernels/arm_mve_fp/pool2d.hpp>
