// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_fp/pool2d.hpp>

#include <type_traits>

namespace inlay {

/// Average pooling of floats: makes a run of output rows.
template <computed_element T, auto Geometry, policy Policy>
    requires(std::is_same_v<T, float>)
inline void pool_average(isa::arm_dsp_fp, constant<Geometry, Policy>, rows made, row_view<T> out, row_view<T const> in, float_output const& kept) {
    fp::average_rows(Geometry, made, out, in, kept);
}

}  // namespace inlay
