// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_fp/elementwise.hpp>

namespace inlay {

/// The sum of two float tensors of one shape.
template <auto Geometry, policy Policy>
    requires(is_flat(Geometry))
inline void combine(isa::arm_dsp_fp, constant<Geometry, Policy>, float* out, float const* a, float const* b, float_sum const& by) {
    fp::add_all<fp::fpu_sums>(out, a, b, Geometry.extent[0], by);
}

}  // namespace inlay
