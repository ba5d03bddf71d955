// SPDX-License-Identifier: MIT
//
// The tables of the DSP kernels.
#pragma once

#include "operators/filter_layer.hpp"
#include "write/header.hpp"

#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>

#include <vector>

namespace inlay::tool::arm_dsp {

/// Whether the convolution's geometry and weights fit the kernel for filters in pairs.
bool fits_pairs(conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

/// The members of its weights in a header.
std::vector<table_field> pair_fields(conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

}  // namespace inlay::tool::arm_dsp
