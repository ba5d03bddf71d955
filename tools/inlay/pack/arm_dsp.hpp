// SPDX-License-Identifier: MIT
//
// The tables of the DSP kernels.
#pragma once

#include "operators/filter_layer.hpp"
#include "write/header.hpp"

#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>
#include <inlay/kernels/arm_dsp/depthwise_choice.hpp>
#include <inlay/kernels/arm_dsp/fully_connected_choice.hpp>

#include <vector>

namespace inlay::tool::arm_dsp {

/// Whether the convolution's geometry and weights fit the kernel for filters in pairs.
bool fits_pairs(conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

/// The members of its weights in a header.
std::vector<table_field> pair_fields(conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

/// The same for the kernel of depthwise convolutions.
bool fits_columns(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
std::vector<table_field> column_fields(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

/// The same for the kernel of fully connected layers.
bool fits_units(fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);
std::vector<table_field> unit_fields(fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);

}  // namespace inlay::tool::arm_dsp
