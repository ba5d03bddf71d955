// SPDX-License-Identifier: MIT
//
// Which poolings of floats the kernels make: averages.
#pragma once

#include <inlay/kernels/pool_choice.hpp>

namespace inlay {

using float_average = portable::average_of_taps<float>;

constexpr kernel_choice kernel_of(isa::arm_dsp_fp, pool2d_geometry const&, std::type_identity<float_average>) { return {.name = "float pool"}; }
constexpr kernel_choice kernel_of(isa::arm_mve_fp, pool2d_geometry const&, std::type_identity<float_average>) { return {.name = "float pool"}; }

}  // namespace inlay
