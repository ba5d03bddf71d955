// SPDX-License-Identifier: MIT
//
// How the kernels of the Cortex-M bring a number to the scale of the result: with m and e the multiplier and the right shift of the
// factor, z the zero point, the reference's second rounding and z are one addition to the upper word of x * 2 * m,
//
//     (upper(x * 2 * m) + 2^(e - 1) + z * 2^e - (x < 0)) >> e
//
// as negative numbers are rounded half away from zero.
#pragma once

#include <inlay/core/fixed_point.hpp>
#include <inlay/core/scheme.hpp>

#include <cstdint>

namespace inlay {

struct int8_rescaling {
    std::int32_t multiplier;
    int shift;
    std::int32_t offset;
    int lowest;
    int highest;

    /// Numbers below 2^30 and these factors do not leave 32 bits.
    static constexpr bool takes(fixed_point factor) { return factor.shift <= -1 && factor.shift >= -22; }

    constexpr int8_rescaling(fixed_point factor, int8_output const& to)
        : multiplier{factor.multiplier}, shift{-factor.shift}, offset{(1 << (shift - 1)) + to.zero_point * (1 << shift)}, lowest{to.lowest},
          highest{to.highest} {}

    constexpr std::int8_t keep(std::int32_t result) const { return static_cast<std::int8_t>(result < lowest ? lowest : result > highest ? highest : result); }
};

}  // namespace inlay
