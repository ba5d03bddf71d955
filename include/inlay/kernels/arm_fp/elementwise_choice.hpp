// SPDX-License-Identifier: MIT
//
// Which float tensors the kernels put together element by element.
#pragma once

#include <inlay/kernels/elementwise_choice.hpp>

namespace inlay {

constexpr kernel_choice kernel_of(isa::arm_dsp_fp, elementwise_geometry const& g, float_sum const&) {
    return kernel_choice{.name = "float elements"}.where(is_flat(g));
}
constexpr kernel_choice kernel_of(isa::arm_mve_fp, elementwise_geometry const& g, float_sum const&) {
    return kernel_choice{.name = "float elements"}.where(is_flat(g));
}

}  // namespace inlay
