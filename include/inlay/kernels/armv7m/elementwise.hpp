// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/sum_kernel.hpp>
#include <inlay/kernels/armv7m/upper_product.hpp>
#include <inlay/kernels/twin/elementwise.hpp>

namespace inlay {

/// The sum or difference of two int8 tensors of one shape.
template <auto Geometry, policy Policy>
    requires(is_flat(Geometry))
inline void combine(isa::armv7m, constant<Geometry, Policy> geometry, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_sum const& by) {
    auto const quick = quick_sum::of(by);
    if (!quick.is_possible()) return combine(isa::portable{}, geometry, out, a, b, by);
    twin::add<isa::armv7m>(out, a, b, Geometry.extent[0], by, quick);
}

/// The product of two int8 tensors.
template <auto Geometry, policy Policy>
    requires(is_in_runs(Geometry))
inline void combine(isa::armv7m, constant<Geometry, Policy> geometry, std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int8_product const& by) {
    if (!int8_rescaling::takes(by.rescale)) return combine(isa::portable{}, geometry, out, a, b, by);
    twin::multiply<isa::armv7m>(Geometry, out, a, b, by);
}

}  // namespace inlay
