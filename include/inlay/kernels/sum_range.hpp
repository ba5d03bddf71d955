// SPDX-License-Identifier: MIT
//
// What can be proved of an int8 layer from its weights: how far the sums of a channel reach. Kernels with layouts of their own
// are exact within such bounds only.
#pragma once

#include <inlay/kernels/filter_bank.hpp>

#include <cstdint>

namespace inlay {

/// What of the requantisation is the same for all channels.
struct int8_range_kept {
    int lowest;
    int highest;
    bool away_from_zero;  ///< whether the rounding of negative numbers shows

    constexpr explicit int8_range_kept(int8_output const& to)
        : lowest{to.lowest}, highest{to.highest}, away_from_zero{to.lowest < to.zero_point} {}
    constexpr bool is_full() const { return lowest == -128 && highest == 127; }
};

/// What a channel's sum can reach, whatever the image holds.
struct sum_range {
    std::int64_t least;
    std::int64_t most;
};

template <class Scheme>
constexpr sum_range range_of(filter_bank<Scheme> const& plain, int channel, int taps) {
    sum_range range{plain.start(channel), plain.start(channel)};
    for (int i = 0; i < taps; ++i) {
        int const weight = plain.filter[channel * taps + i];
        range.least += weight > 0 ? -128 * weight : 127 * weight;
        range.most += weight > 0 ? 127 * weight : -128 * weight;
    }
    return range;
}

/// Whether a channel gives the same result for every image; many a dead one has numbers that fit nowhere.
template <class Scheme>
constexpr bool is_constant(filter_bank<Scheme> const& plain, int channel, sum_range const& range) {
    return plain.finish(static_cast<std::int32_t>(range.least), channel) == plain.finish(static_cast<std::int32_t>(range.most), channel);
}

template <class Scheme>
constexpr fixed_point factor_of(filter_bank<Scheme> const& plain, int channel) {
    return plain.rescale[Scheme::rescales(2) == 1 ? 0 : channel];
}

/// The sums that a channel of a depthwise filter [taps, channels] can reach.
template <class Scheme>
constexpr sum_range depthwise_range_of(filter_bank<Scheme> const& plain, int channel, int taps, int channels) {
    sum_range range{plain.start(channel), plain.start(channel)};
    for (int i = 0; i < taps; ++i) {
        int const weight = plain.filter[i * channels + channel];
        range.least += weight > 0 ? -128 * weight : 127 * weight;
        range.most += weight > 0 ? 127 * weight : -128 * weight;
    }
    return range;
}

/// What the weights of a channel, or of a part of it, add up to: the positive and the negative ones.
struct weight_totals {
    int positive = 0;
    int negative = 0;

    constexpr sum_range range(std::int64_t start) const {
        return {start - 128 * std::int64_t{positive} + 127 * std::int64_t{negative}, start + 127 * std::int64_t{positive} - 128 * std::int64_t{negative}};
    }
};

/// Of a channel of a bank, whose weights have the numbers first, first + step, ...
template <class Bank>
constexpr weight_totals totals_of(Bank const& bank, int first, int taps, int step) {
    weight_totals sum;
    for (int i = 0; i < taps; ++i) {
        int const weight = bank.weight(first + i * step);
        (weight > 0 ? sum.positive : sum.negative) += weight;
    }
    return sum;
}

/// Whether all sums of a channel stay below `limit`. Only where the number of taps does not show it, `totals()` is asked for.
template <class Totals>
constexpr bool stay_below(std::int64_t limit, std::int64_t start, int taps, Totals totals) {
    if ((start < 0 ? -start : start) + 128 * 128 * std::int64_t{taps} < limit) return true;
    sum_range const range = totals().range(start);
    return range.least > -limit && range.most < limit;
}

}  // namespace inlay
