// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/kernels/armv7m/intrinsics.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

template <>
struct upper_product<isa::armv7m> {
    std::int32_t multiplier;

    explicit upper_product(std::int32_t m) : multiplier{m} {}

    std::int32_t operator()(std::int32_t a) const { return armv7m::smlal(a, multiplier, 0, 0x80000000U); }
};

}  // namespace inlay::twin
