// SPDX-License-Identifier: MIT
//
// The filter of the DSP kernels: output channels in pairs, an even one e and an odd one o. The weights of one tap share a
// halfword, 256 * e + o, and two taps share a word. Then for a word of two 16-bit inputs x
//
//     both = smlad(x, w, both)            256 * (sum of e * x) + (sum of o * x), modulo 2^32
//     odd  = smlad(x, sxtb16(w), odd)     sum of o * x
//
// and (both - odd) / 256 is exactly the even channel's sum while that stays below 2^23, which `pair_filter_fits` proves from
// the weights. A weight costs one byte, and only one of the two channels is unpacked.
//
// Results take SMMLAR, ASR, SSAT: with a the sum, m and e the multiplier and the right shift, z the output's zero point,
// the reference's two roundings and the zero point are (round(a * m / 2^31) + (2 * z + 1 << e - 1)) >> e. The reference rounds
// negative numbers half away from zero, which takes one off; where the kept range begins at z or above, nobody can see that.
//
// One table holds all that the kernel reads, in its order: of each pair the sums before any tap, the weights and the multipliers;
// behind the pairs a byte for each channel, e - 1. That is 9 bytes for a channel, or 4 where all have one factor.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/sum_range.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::dsp {

/// Four bytes of a table.
constexpr std::int32_t number_at(std::int8_t const* from) {
    std::uint32_t number = 0;
    for (int i = 0; i < 4; ++i) number |= static_cast<std::uint32_t>(from[i] & 0xff) << (8 * i);
    return static_cast<std::int32_t>(number);
}
constexpr void put_number(std::int8_t* to, std::int32_t number) {
    for (int i = 0; i < 4; ++i) to[i] = static_cast<std::int8_t>(number >> (8 * i));
}

/// How the taps of an output channel lie: filter rows one after the other, each as four bytes of the image unpack to two
/// words of 16 bits, (0, 2) and (1, 3); zeros fill it up.
struct pair_layout {
    int rows;      ///< of the filter
    int taps;      ///< of a row: width * input channels
    int channels;  ///< of the result

    static constexpr bool one_factor = false;

    /// Words of two taps in a row.
    constexpr int row_words() const { return taps / 4 * 2 + std::min(taps % 4, 2); }
    /// The kernel takes two words at a time, and at least twice.
    constexpr int steps() const { return std::max(2, (rows * row_words() + 1) / 2); }
    /// Of an output channel.
    constexpr int count() const { return rows * taps; }
    /// From a word of two taps to the next, in bytes.
    static constexpr int word_distance(int) { return 4; }
    /// Bytes of two channels: starts, filters, multipliers.
    constexpr int pair_bytes() const { return 8 + steps() * 8 + 8; }
    /// Where the halfword of tap i of output channel o begins.
    constexpr int offset(int o, int i) const {
        int const row = i / taps;
        int const tap = i % taps;
        int const word = row * row_words() + tap / 4 * 2 + tap % 2;
        return o / 2 * pair_bytes() + 8 + word * 4 + tap % 4 / 2 * 2;
    }
    constexpr int start_at(int o) const { return o / 2 * pair_bytes() + o % 2 * 4; }
    constexpr int multiplier_at(int o) const { return (o / 2 + 1) * pair_bytes() - 8 + o % 2 * 4; }
    constexpr int shift_at(int o) const { return (channels + 1) / 2 * pair_bytes() + o; }
    constexpr int bytes() const { return shift_at((channels + 1) / 2 * 2); }

    friend constexpr bool operator==(pair_layout const&, pair_layout const&) = default;
};

/// Larger right shifts give the same results as this one, as sums stay below 2^23.
inline constexpr int most_shift = 24;
inline constexpr std::int32_t sum_limit = 1 << 23;

/// Of the range that is kept, what decides which instructions make a result; known at compile time.
struct range_kind {
    bool away_from_zero;
    bool is_full;

    constexpr explicit range_kind(int8_output const& to)
        : away_from_zero{int8_range_kept{to}.away_from_zero || !int8_range_kept{to}.is_full()}, is_full{int8_range_kept{to}.is_full()} {}
};

/// The table of a layer and its quantisation, as kernels take them at run time.
struct packed_table {
    std::int8_t const* bytes;
    std::int8_t input_zero_point;
    std::int8_t zero_point;  ///< of the output
    std::int8_t lowest;
    std::int8_t highest;

    constexpr packed_table(std::int8_t const* bytes, int input_zero_point, int8_output const& to)
        : bytes{bytes},
          input_zero_point{static_cast<std::int8_t>(input_zero_point)},
          zero_point{static_cast<std::int8_t>(to.zero_point)},
          lowest{static_cast<std::int8_t>(to.lowest)},
          highest{static_cast<std::int8_t>(to.highest)} {}

    /// What the shift makes the offset of a result.
    constexpr int nudge() const { return 2 * zero_point + 1; }
    constexpr bool away_from_zero() const { return lowest < zero_point; }
};

/// The requantisation of a channel.
struct channel_factor {
    std::int32_t multiplier;
    int shift;  ///< to the right, less 1
};

constexpr std::int8_t requantise(std::int32_t sum, channel_factor factor, packed_table const& to) {
    std::int64_t const product = (2 * std::int64_t{sum} * factor.multiplier + (std::int64_t{1} << 31)) >> 32;
    std::int64_t const nudged = product + to.nudge() * (std::int64_t{1} << factor.shift) - (to.away_from_zero() && sum < 0 ? 1 : 0);
    return static_cast<std::int8_t>(std::clamp<std::int64_t>(nudged >> factor.shift >> 1, to.lowest, to.highest));
}

/// The bank of a table with channels in pairs. `Layout`: a layout, or a `constant` of one.
template <quantisation_scheme Scheme, range_kind Range, class Layout = pair_layout>
struct pair_bank : packed_table {
    using scheme = Scheme;
    static constexpr range_kind range = Range;

    [[no_unique_address]] Layout layout;

    constexpr std::int32_t start(int channel) const {
        auto const& l = value_of(layout);
        std::int32_t const odd = number_at(bytes + l.start_at(channel | 1));
        if (channel % 2 == 1) return odd;
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(number_at(bytes + l.start_at(channel))) - static_cast<std::uint32_t>(odd)) >> 8;
    }
    constexpr std::int32_t weight(int index) const {
        auto const& l = value_of(layout);
        int const channel = index / l.count();
        int const at = l.offset(channel, index % l.count());
        int const odd = bytes[at];
        return channel % 2 == 1 ? odd : bytes[at + 1] + (odd < 0 ? 1 : 0);
    }
    constexpr std::int8_t finish(std::int32_t sum, int channel) const {
        auto const& l = value_of(layout);
        return requantise(sum, {number_at(bytes + l.multiplier_at(channel)), bytes[l.shift_at(channel)]}, *this);
    }
    /// Whether the kernel is exact for all sums of a channel.
    constexpr bool proves(int channel) const {
        return stay_below(sum_limit, start(channel), value_of(layout).count(), [&] { return totals(channel); });
    }

private:
    constexpr weight_totals totals(int channel) const {
        auto const& l = value_of(layout);
        weight_totals sum;
        std::int8_t const* const first = bytes + l.offset(channel, 0);
        for (int i = 0; i < 2 * l.steps(); ++i) {
            std::int8_t const* const word = first + i * l.word_distance(channel);
            for (int half = 0; half < 4; half += 2) {
                int const weight = channel % 2 == 1 ? word[half] : word[half + 1] + (word[half] < 0 ? 1 : 0);
                (weight > 0 ? sum.positive : sum.negative) += weight;
            }
        }
        return sum;
    }
};

/// Whether results of these sums are exact by `requantise`: they stay below 2^23, and the factor shifts to the right.
constexpr bool requantises(sum_range const& range, fixed_point factor) {
    return range.least > -sum_limit && range.most < sum_limit && (factor.multiplier == 0 || factor.shift <= -1);
}

/// Whether a filter [channels, taps] can be packed: every channel requantises, or is constant where it has a factor of its own,
/// and no weight of an even one is -128.
template <class Scheme, class Layout>
constexpr bool pair_filter_fits(Layout const& layout, filter_bank<Scheme> const& plain) {
    int const taps = layout.count();
    for (int o = 0; o < layout.channels; ++o) {
        auto const range = range_of(plain, o, taps);
        if (!layout.one_factor && is_constant(plain, o, range)) continue;
        if (!requantises(range, factor_of(plain, o))) return false;
        for (int i = 0; o % 2 == 0 && i < taps; ++i) {
            if (plain.filter[o * taps + i] == -128) return false;
        }
    }
    return true;
}

constexpr channel_factor packed_factor(fixed_point factor) {
    return {factor.multiplier, factor.multiplier == 0 ? 0 : std::min(static_cast<int>(-factor.shift), most_shift) - 1};
}

/// The start and the factor of a channel.
struct channel_constants {
    std::int32_t start;
    channel_factor factor;
    bool has_weights;
};

/// Of a channel that gives the same result for every image: no weights, and a start that requantises to it.
constexpr channel_constants constants_of(std::int8_t result, int8_output const& to) { return {(result - to.zero_point) * 4, {1 << 30, 0}, false}; }

template <class Scheme>
constexpr channel_constants constants_of(filter_bank<Scheme> const& plain, int channel, sum_range const& range) {
    if (is_constant(plain, channel, range)) return constants_of(plain.finish(static_cast<std::int32_t>(range.least), channel), plain.output);
    return {plain.start(channel), packed_factor(factor_of(plain, channel)), true};
}

/// Packs a filter that fits into layout.bytes() bytes.
template <class Scheme, class Layout>
constexpr void pack_pairs(Layout const& layout, filter_bank<Scheme> const& plain, std::int8_t* table) {
    std::fill_n(table, layout.bytes(), std::int8_t{0});
    int const taps = layout.count();
    for (int o = 0; o < layout.channels; ++o) {
        auto const to = layout.one_factor ? channel_constants{plain.start(o), packed_factor(factor_of(plain, o)), true}
                                          : constants_of(plain, o, range_of(plain, o, taps));
        put_number(table + layout.multiplier_at(o), to.factor.multiplier);
        table[layout.shift_at(o)] = static_cast<std::int8_t>(to.factor.shift);
        auto* const both = table + layout.start_at(o & ~1);
        if (o % 2 == 0) {
            put_number(both, static_cast<std::int32_t>(static_cast<std::uint32_t>(to.start) << 8));
        } else {
            put_number(table + layout.start_at(o), to.start);
            put_number(both, static_cast<std::int32_t>(static_cast<std::uint32_t>(number_at(both)) + static_cast<std::uint32_t>(to.start)));
        }
        for (int i = 0; to.has_weights && i < taps; ++i) {
            int const at = layout.offset(o, i);
            int const weight = plain.filter[o * taps + i];
            if (o % 2 == 0) {
                table[at + 1] = static_cast<std::int8_t>(weight);
            } else {  // 256 * even + odd: a negative odd weight borrows from the even one
                table[at] = static_cast<std::int8_t>(weight);
                if (weight < 0) table[at + 1] = static_cast<std::int8_t>(table[at + 1] - 1);
            }
        }
    }
}

}  // namespace inlay::dsp
