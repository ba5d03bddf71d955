// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/twin/pool2d.hpp>

namespace inlay {

/// Average pooling of int8: makes a run of output rows.
template <computed_element T, auto Geometry, policy Policy>
    requires(std::is_same_v<T, std::int8_t>)
inline void pool_average(isa::thumb1, constant<Geometry, Policy>, rows made, row_view<T> out, row_view<T const> in, int8_output const& kept) {
    twin::average_rows<isa::thumb1>(Geometry, made, out, in, kept);
}

/// Maximum pooling of int8: makes a run of output rows.
template <computed_element T, auto Geometry, policy Policy>
    requires(std::is_same_v<T, std::int8_t>)
inline void pool_max(isa::thumb1, constant<Geometry, Policy>, rows made, row_view<T> out, row_view<T const> in, int8_output const& kept) {
    twin::largest_rows(Geometry, made, out, in, kept);
}

}  // namespace inlay
