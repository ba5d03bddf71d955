// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/scheme.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay {

/// A scaled value as an int8 number: behind its zero point, within the range that is kept.
constexpr std::int8_t to_int8(std::int32_t scaled, int8_output const& to) {
    // The zero point is added last: near the ends of int32 the sum would overflow before it is cut.
    std::int32_t const lowest = to.lowest - to.zero_point;
    std::int32_t const highest = to.highest - to.zero_point;
    return static_cast<std::int8_t>(std::clamp(scaled, lowest, highest) + to.zero_point);
}

/// An int8 number under another scale and zero point.
struct int8_rescale {
    int zero_point;
    fixed_point factor;
    int8_output output;

    constexpr std::int8_t operator()(std::int8_t q) const {
        return to_int8(rounding::twice::multiply(q - zero_point, factor), output);
    }

    /// Whether the shifted number, 2^8 before the shift, stays within 32 bits.
    constexpr bool is_exact() const { return factor.shift <= 22; }
};

}  // namespace inlay
