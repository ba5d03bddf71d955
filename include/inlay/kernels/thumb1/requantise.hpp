// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/channel.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

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
