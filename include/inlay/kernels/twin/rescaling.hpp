// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/int8_rescaling.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

template <class Isa>
struct rescaling : int8_rescaling {
    upper_product<Isa> product;

    rescaling(fixed_point factor, int8_output const& to) : int8_rescaling{factor, to}, product{factor.multiplier} {}

    [[gnu::always_inline]] std::int8_t operator()(std::int32_t x) const { return keep((product(x * 2) + offset + (x >> 31)) >> shift); }
};

}  // namespace inlay::twin
