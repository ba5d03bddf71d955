// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_mve_fp/sums.hpp>

namespace inlay {

/// The sum of two float tensors of one shape.
template <auto Geometry, policy Policy>
    requires(is_flat(Geometry))
inline void combine(isa::arm_mve_fp, constant<Geometry, Policy>, float* out, float const* a, float const* b, float_sum const& by) {
    fp::add_all<mve::float_sums>(out, a, b, Geometry.extent[0], by);
}

}  // namespace inlay
