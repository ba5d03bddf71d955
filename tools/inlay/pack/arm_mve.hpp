// SPDX-License-Identifier: MIT
//
// The tables of the Helium kernels.
#pragma once

#include "operators/filter_layer.hpp"
#include "write/header.hpp"

#include <inlay/kernels/arm_mve/conv2d_choice.hpp>
#include <inlay/kernels/arm_mve/depthwise_choice.hpp>
#include <inlay/kernels/arm_mve/fully_connected_choice.hpp>

#include <vector>

namespace inlay::tool::arm_mve {

/// Whether the convolution's geometry and weights fit the kernel for filters in vectors.
bool fits_lanes(conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

/// The members of its weights in a header.
std::vector<table_field> lane_fields(conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

/// The same for the kernel of depthwise convolutions.
bool fits_windows(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
std::vector<table_field> window_fields(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

/// The same for the kernel of fully connected layers.
bool fits_units(fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);
std::vector<table_field> unit_fields(fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);

}  // namespace inlay::tool::arm_mve
