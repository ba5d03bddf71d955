// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/fixed_point.hpp>
#include <inlay/kernels/twin/twin_filter.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// Requantisation on Armv7-M. With a the sum, m and e the multiplier and the right shift, z the output's zero point, the
/// reference's two roundings and the zero point are one 64-bit number:
///
///     (a * m + 2^30 + 2^31 * (2^(e - 1) + z * 2^e)) >> (31 + e)      SMLAL, and ASR of the upper word
///
/// The second rounding takes negative numbers half away from zero, which takes 2^31 off; where the kept range begins at z or
/// above, nobody can see that.
template <>
struct channel<isa::armv7m> {
    static constexpr char const* kernel_name = "m3 pixel pairs";
    static constexpr char const* plane_kernel_name = "m3 row pairs";
    static constexpr char const* unit_kernel_name = "m3 unit pairs";
    static constexpr bool biased_weights = false;
    static constexpr int chunk_starts = 0;
    /// A chunk of 2, 4, 8 taps of a block costs this many instructions, an extra tap as many.
    static constexpr int chunk_cost[3] = {11, 18, 33};
    /// The same for a chunk of 2, 4, 8, 16 taps of four units.
    static constexpr int unit_chunk_cost[4] = {17, 28, 50, 94};
    static constexpr int unit_extra_cost = 7;
    static constexpr int extra_cost = 15;

    std::int32_t start;
    std::int32_t multiplier;
    std::int32_t half_offset;    ///< 2^(e - 2) + z * 2^(e - 1)
    std::int16_t shift;          ///< e - 1
    std::uint16_t extras_end;

    /// What a kernel fetches once for many results: nothing, as it has the registers.
    struct fetched {};
    constexpr fetched fetch() const { return {}; }

    /// Sums stay below this, so that larger right shifts give the same results as `most_shift`.
    static constexpr std::int32_t sum_limit = 1 << 23;
    static constexpr int most_shift = 24;

    static constexpr bool fits(sum_range const& range, fixed_point factor, int8_range_kept const&) {
        return range.least > -sum_limit && range.most < sum_limit && (factor.multiplier == 0 || factor.shift <= -2);
    }

    /// A channel with this factor; one that is constant has a sum of 0 and no factor.
    static constexpr channel make(std::int32_t start, fixed_point factor, sum_range const&, int8_output const& to) {
        int const shift = factor.multiplier == 0 ? 2 : std::min(static_cast<int>(-factor.shift), most_shift);
        return {start, factor.multiplier, (1 << (shift - 2)) + to.zero_point * (1 << (shift - 1)), static_cast<std::int16_t>(shift - 1), 0};
    }

    static constexpr channel make_constant(std::int8_t result) { return {0, 0, result * 2, 1, 0}; }

    constexpr std::int8_t finish(std::int32_t sum, int8_range_kept const& kept) const {
        std::int64_t const away = kept.away_from_zero && sum < 0 ? std::int64_t{1} << 31 : 0;
        std::int64_t const scaled = std::int64_t{sum} * multiplier + std::int64_t{half_offset} * (std::int64_t{1} << 32) + (1 << 30) - away;
        return static_cast<std::int8_t>(std::clamp(static_cast<int>(scaled >> (32 + shift)), kept.lowest, kept.highest));
    }
};

}  // namespace inlay::twin
