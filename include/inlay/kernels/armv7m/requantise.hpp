// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/armv7m/intrinsics.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

template <class Finishing>
struct requantiser<isa::armv7m, Finishing> {
    std::int32_t multiplier;
    std::int32_t half_offset;
    int shift;
    int lowest;
    int highest;

    requantiser(channel<isa::armv7m> const& by, int lowest, int highest)
        : multiplier{by.multiplier}, half_offset{by.half_offset}, shift{by.shift}, lowest{lowest}, highest{highest} {}

    std::int8_t operator()(std::int32_t sum) const {
        std::uint32_t lower = 1U << 30;
        std::int32_t upper = half_offset;
        if constexpr (Finishing::away_from_zero) {  // a number less than 0 takes off 2^31
            lower += static_cast<std::uint32_t>(sum) & 0x80000000U;
            upper += sum >> 31;
        }
        std::int32_t const result = armv7m::smlal(sum, multiplier, upper, lower) >> shift;
        if constexpr (Finishing::full_range) return static_cast<std::int8_t>(armv7m::ssat8(result));
        return static_cast<std::int8_t>(result < lowest ? lowest : result > highest ? highest : result);
    }
};

}  // namespace inlay::twin
