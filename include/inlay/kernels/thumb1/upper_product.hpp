// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

/// Armv6-M multiplies words to words alone: four products of halfwords.
template <>
struct upper_product<isa::thumb1> {
    std::uint32_t low;
    std::uint32_t high;

    explicit upper_product(std::int32_t m) : low{static_cast<std::uint32_t>(m) & 0xffff}, high{static_cast<std::uint32_t>(m) >> 16} {}

    std::int32_t operator()(std::int32_t a) const {
        auto const a_low = static_cast<std::uint32_t>(a) & 0xffff;
        std::int32_t const a_high = a >> 16;
        std::int32_t const middle = a_high * static_cast<std::int32_t>(low) + static_cast<std::int32_t>(a_low * low >> 16);
        auto const carry = (static_cast<std::uint32_t>(middle) & 0xffff) + a_low * high + 0x8000;
        return a_high * static_cast<std::int32_t>(high) + (middle >> 16) + static_cast<std::int32_t>(carry >> 16);
    }
};

}  // namespace inlay::twin
