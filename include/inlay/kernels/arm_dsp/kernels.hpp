// SPDX-License-Identifier: MIT
//
// All kernels of the DSP extension, and those it falls back to.
#pragma once

#include <inlay/kernels/arm_dsp/conv2d.hpp>
#include <inlay/kernels/arm_dsp/depthwise_channels.hpp>
#include <inlay/kernels/arm_dsp/depthwise_conv2d.hpp>
#include <inlay/kernels/arm_dsp/elementwise.hpp>
#include <inlay/kernels/arm_dsp/fully_connected.hpp>
#include <inlay/kernels/arm_dsp/pool2d.hpp>
#include <inlay/kernels/arm_dsp/reduce.hpp>
#include <inlay/kernels/armv7m/kernels.hpp>
