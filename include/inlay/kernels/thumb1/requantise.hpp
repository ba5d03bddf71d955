// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/channel.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

/// a * m / 2^32, rounded half up, in products of 16 bits; m is not negative.
template <>
struct factor<isa::thumb1> {
    std::uint32_t low;
    std::uint32_t high;

    explicit factor(std::int32_t m) : low{static_cast<std::uint32_t>(m) & 0xffff}, high{static_cast<std::uint32_t>(m) >> 16} {}

    std::int32_t operator()(std::int32_t a) const {
        auto const a_low = static_cast<std::uint32_t>(a) & 0xffff;
        std::int32_t const a_high = a >> 16;
        std::int32_t const middle = a_high * static_cast<std::int32_t>(low) + static_cast<std::int32_t>(a_low * low >> 16);
        auto const carry = (static_cast<std::uint32_t>(middle) & 0xffff) + a_low * high + 0x8000;
        return a_high * static_cast<std::int32_t>(high) + (middle >> 16) + static_cast<std::int32_t>(carry >> 16);
    }
};

template <class Finishing>
struct requantiser<isa::thumb1, Finishing> {
    channel<isa::thumb1> const& by;
    std::uint32_t range;
    std::uint32_t slope;
    std::uint32_t fraction;
    std::uint32_t offset;
    int lowest;
    int highest;

    requantiser(channel<isa::thumb1> const& by, int lowest, int highest)
        : by{by}, range{by.range}, slope{by.slope >> 12}, fraction{by.slope << 20 >> 20}, offset{by.offset}, lowest{lowest}, highest{highest} {}

    std::int8_t operator()(std::int32_t u) const {
        auto const above = static_cast<std::uint32_t>(u);
        if (above >= range) {
            if (range == 0) return exactly(by, u, lowest, highest);
            return static_cast<std::int8_t>(u < 0 ? lowest : highest);
        }
        auto at = offset;
        if constexpr (Finishing::away_from_zero) {
            if (u < by.split) at -= by.nudge();
        }
        return static_cast<std::int8_t>((above * slope + (above * fraction >> 12) + at) >> 24);
    }

    [[gnu::noinline]] static std::int8_t exactly(channel<isa::thumb1> const& by, std::int32_t sum, int lowest, int highest) {
        int8_range_kept kept{int8_output{0, lowest, highest}};
        kept.away_from_zero = Finishing::away_from_zero;
        return by.without_fit().finish(sum, kept);
    }
};

}  // namespace inlay::twin
