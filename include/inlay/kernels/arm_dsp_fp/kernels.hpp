// SPDX-License-Identifier: MIT
//
// All kernels of the DSP extension with a floating-point unit, and those it falls back to.
#pragma once

#include <inlay/kernels/arm_dsp/kernels.hpp>
#include <inlay/kernels/arm_dsp_fp/conv2d.hpp>
#include <inlay/kernels/arm_dsp_fp/depthwise_conv2d.hpp>
#include <inlay/kernels/arm_dsp_fp/elementwise.hpp>
#include <inlay/kernels/arm_dsp_fp/fully_connected.hpp>
#include <inlay/kernels/arm_dsp_fp/pool2d.hpp>
