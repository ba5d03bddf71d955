// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/upper_product.hpp>
#include <inlay/kernels/twin/reduce.hpp>

namespace inlay {

/// Sums over axes of int8.
template <computed_element T, auto Geometry, policy Policy>
    requires(reducing::sums_channels(Geometry) || reducing::sums_runs(Geometry))
inline void reduce_sum(isa::armv7m, constant<Geometry, Policy> geometry, T* out, T const* in, int8_reduction const& by) {
    if (!reducing::takes(by)) return reduce_sum(isa::portable{}, geometry, out, in, by);
    twin::reduce<isa::armv7m>(Geometry, out, in, by);
}

}  // namespace inlay
