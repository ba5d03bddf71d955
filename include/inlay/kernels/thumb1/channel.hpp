// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/fixed_point.hpp>
#include <inlay/kernels/armv7m/channel.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// Requantisation on Armv6-M, which has no long multiplication. A result is a step function of the sum: it grows by one at each
/// of at most 255 thresholds. With u the sum less the first threshold, one comparison of u finds what lies below the first and
/// above the last, and between them
///
///     result = (u * (slope >> 12) + (u * (slope % 4096) >> 12) + offset) >> 24
///
/// Every threshold of the exact arithmetic bounds the offset from both sides; where a number is left between all bounds, the
/// results are the same for every sum. Where the rounding of negative numbers shows, the offset is another one below `split`.
/// A channel without such a number takes the exact arithmetic, its range being empty.
template <>
struct channel<isa::thumb1> {
    static constexpr char const* kernel_name = "m0 pixel pairs";
    static constexpr char const* plane_kernel_name = "m0 row pairs";
    static constexpr char const* unit_kernel_name = "m0 unit pairs";
    static constexpr bool biased_weights = true;
    static constexpr int chunk_starts = 1;
    /// A chunk of 2, 4, 8 taps of a block costs this many instructions, an extra tap as many.
    static constexpr int chunk_cost[3] = {19, 31, 55};
    /// The same for a chunk of 2, 4, 8, 16 taps of four units.
    static constexpr int unit_chunk_cost[4] = {32, 52, 92, 172};
    static constexpr int unit_extra_cost = 12;
    static constexpr int extra_cost = 25;
    /// The first threshold is one of the sums, so that less it they stay below this.
    static constexpr std::int32_t sum_limit = 1 << 24;

    std::int32_t start;
    std::uint32_t range;         ///< of u; 0: the exact arithmetic, with the fields of channel<isa::armv7m>
    std::uint32_t slope;         ///< or the multiplier
    std::uint32_t offset;        ///< modulo 2^32; or the half offset
    std::int32_t split;          ///< u of a sum of 0
    std::int16_t shift;
    std::uint16_t extras_end;

    using exact = channel<isa::armv7m>;

    /// What a kernel fetches once for many results.
    struct fetched {
        std::uint32_t slope;
        std::uint32_t fraction;
        std::uint32_t nudge;
    };
    constexpr fetched fetch() const { return {slope >> 12, slope & 4095, nudge()}; }

    static constexpr bool fits(sum_range const& range, fixed_point factor, int8_range_kept const& kept) { return exact::fits(range, factor, kept); }

    static constexpr channel make_constant(std::int8_t result) { return of(exact::make_constant(result)); }

    static constexpr channel make(std::int32_t start, fixed_point factor, sum_range const& sums, int8_output const& to) {
        auto const plain = exact::make(start, factor, sums, to);
        auto fitted = fit(plain, sums, int8_range_kept{to});
        return fitted.range == 0 ? of(plain) : fitted;
    }

    constexpr exact without_fit() const {
        return {start, static_cast<std::int32_t>(slope), static_cast<std::int32_t>(offset), shift, extras_end};
    }

    /// What a sum below `split` takes off the offset.
    constexpr std::uint32_t nudge() const { return shift < 24 ? 1U << (23 - shift) : 0; }

    constexpr std::int8_t finish(std::int32_t u, int8_range_kept const& kept) const {
        if (range == 0) return without_fit().finish(u, kept);
        if (static_cast<std::uint32_t>(u) >= range) return static_cast<std::int8_t>(u < 0 ? kept.lowest : kept.highest);
        auto const at = offset - (kept.away_from_zero && u < split ? nudge() : 0);
        return static_cast<std::int8_t>((product(static_cast<std::uint32_t>(u), slope) + at) >> 24);
    }

private:
    static constexpr channel of(exact const& plain) {
        return {plain.start, 0, static_cast<std::uint32_t>(plain.multiplier), static_cast<std::uint32_t>(plain.half_offset), 0, plain.shift, 0};
    }

    static constexpr std::uint32_t product(std::uint32_t u, std::uint32_t slope) { return u * (slope >> 12) + (u * (slope & 4095) >> 12); }

    /// Walks through the sums at which a linear function a * m + c passes multiples of 2^bits, without a division for each.
    struct staircase {
        std::int64_t m;
        std::int64_t step;
        std::int64_t rest;
        std::int64_t sum = 0;    ///< least a with a * m + c >= k * 2^bits
        std::int64_t behind = 0; ///< sum * m + c - k * 2^bits, below m

        constexpr staircase(std::int64_t m, std::int64_t c, int k, int bits)
            : m{m}, step{(std::int64_t{1} << bits) / m}, rest{(std::int64_t{1} << bits) % m} {
            std::int64_t const wanted = k * (std::int64_t{1} << bits) - c;
            sum = wanted / m + (wanted % m > 0 ? 1 : 0);
            behind = sum * m - wanted;
        }
        constexpr void next() {
            sum += step;
            behind -= rest;
            if (behind < 0) ++sum, behind += m;
        }
    };

    static constexpr channel fit(exact const& plain, sum_range const& sums, int8_range_kept const& kept) {
        channel fitted = of(plain);
        if (plain.multiplier <= 0 || kept.highest <= kept.lowest + 1 || plain.shift < 3 || plain.shift > 14) return fitted;
        int const bits = 32 + plain.shift;
        std::int64_t const constant = plain.half_offset * (std::int64_t{1} << 32) + (1 << 30);
        staircase up{plain.multiplier, constant, kept.lowest + 1, bits};
        staircase down{plain.multiplier, constant - (std::int64_t{1} << 31), kept.lowest + 1, bits};
        std::uint64_t const slope = (static_cast<std::uint64_t>(plain.multiplier) << 5 >> plain.shift) + 1;  // m * 2^(5 - e), rounded
        fitted.slope = static_cast<std::uint32_t>(slope >> 1);

        std::int64_t first = 0;
        std::int64_t lowest_offset = -(std::int64_t{1} << 40);
        std::int64_t highest_offset = std::int64_t{1} << 40;
        std::int64_t last = 0;
        for (int k = kept.lowest + 1; k <= kept.highest; ++k, up.next(), down.next()) {
            std::int64_t at = up.sum;
            if (kept.away_from_zero) at = down.sum < 0 ? down.sum : std::max<std::int64_t>(up.sum, 0);
            if (k == kept.lowest + 1) first = std::max(at, sums.least);
            last = std::min(at, sums.most + 1);
            if (last - first > 1 << 20) return of(plain);
            auto const bound = [&](std::int64_t sum) {
                auto const u = static_cast<std::uint32_t>(sum - first);
                std::int64_t const made = std::int64_t{u} * (fitted.slope >> 12) + static_cast<std::int64_t>(u * (fitted.slope & 4095) >> 12);
                return k * (std::int64_t{1} << 24) - made + (kept.away_from_zero && sum < 0 ? fitted.nudge() : 0);
            };
            if (at <= sums.most && k < kept.highest) lowest_offset = std::max(lowest_offset, bound(std::max(at, first)));
            if (at > first) highest_offset = std::min(highest_offset, bound(std::min(at - 1, sums.most)) - 1);
            if (at > sums.most) break;
        }
        if (lowest_offset > highest_offset || last <= first) return of(plain);
        fitted.start = static_cast<std::int32_t>(plain.start - first);
        fitted.split = static_cast<std::int32_t>(-first);
        fitted.range = static_cast<std::uint32_t>(last - first);
        fitted.offset = static_cast<std::uint32_t>(lowest_offset + (highest_offset - lowest_offset) / 2);
        return fitted;
    }
};

}  // namespace inlay::twin
