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
// the reference's two roundings and the zero point are (round(a * m / 2^31) + 2^(e - 1) + (z << e)) >> e. The reference rounds
// negative numbers half away from zero, which takes one off; where the kept range begins at z or above, nobody can see that.
#pragma once

#include <inlay/kernels/sum_range.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::dsp {

/// How the taps of an output channel lie: filter rows one after the other, each as four bytes of the image unpack to two
/// words of 16 bits, (0, 2) and (1, 3); zeros fill it up.
struct pair_layout {
    int rows;  ///< of the filter
    int taps;  ///< of a row: width * input channels

    /// Words of two taps in a row.
    constexpr int row_words() const { return taps / 4 * 2 + std::min(taps % 4, 2); }
    /// The kernel takes two words at a time, and at least twice.
    constexpr int steps() const { return std::max(2, (rows * row_words() + 1) / 2); }
    /// Of an output channel.
    constexpr int count() const { return rows * taps; }
    /// From a word of two taps to the next, in bytes.
    static constexpr int word_distance() { return 4; }
    /// Bytes of the filters of two channels.
    constexpr int pair_bytes() const { return steps() * 8; }
    /// Where the halfword of tap i of output channel o begins.
    constexpr int offset(int o, int i) const {
        int const row = i / taps;
        int const tap = i % taps;
        int const word = row * row_words() + tap / 4 * 2 + tap % 2;
        return o / 2 * pair_bytes() + word * 4 + tap % 4 / 2 * 2;
    }
    constexpr int filter_bytes(int channels) const { return (channels + 1) / 2 * pair_bytes(); }
};

/// Sums before any tap, and requantisation, of an even and an odd channel, in the order in which the kernel reads them.
struct channel_pair {
    struct factor {
        std::int32_t multiplier;
        std::int32_t offset;
    };

    std::int32_t both_start;  ///< 256 * even + odd, modulo 2^32
    std::int32_t odd_start;
    factor odd;
    std::int16_t odd_shift;   ///< to the right
    std::int16_t even_shift;
    factor even;
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

constexpr std::int8_t requantise(std::int32_t sum, channel_pair::factor const& factor, int shift, int8_range_kept const& kept) {
    std::int64_t const product = (2 * std::int64_t{sum} * factor.multiplier + (std::int64_t{1} << 31)) >> 32;
    std::int64_t const nudged = product + factor.offset - (kept.away_from_zero && sum < 0 ? 1 : 0);
    return static_cast<std::int8_t>(std::clamp(static_cast<int>(nudged >> shift), kept.lowest, kept.highest));
}

/// The bank of tables in a layout of pairs.
template <quantisation_scheme Scheme, range_kind Range, class Layout = pair_layout>
struct pair_bank {
    using scheme = Scheme;
    static constexpr range_kind range = Range;

    std::int8_t const* filter;
    channel_pair const* pairs;
    Layout layout;
    int input_zero_point;
    int8_range_kept kept;

    constexpr std::int32_t start(int channel) const {
        auto const& pair = pairs[channel / 2];
        if (channel % 2 == 1) return pair.odd_start;
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(pair.both_start) - static_cast<std::uint32_t>(pair.odd_start)) >> 8;
    }
    constexpr std::int32_t weight(int index) const {
        int const channel = index / layout.count();
        int const at = layout.offset(channel, index % layout.count());
        int const odd = filter[at];
        return channel % 2 == 1 ? odd : filter[at + 1] + (odd < 0 ? 1 : 0);
    }
    constexpr std::int8_t finish(std::int32_t sum, int channel) const {
        auto const& pair = pairs[channel / 2];
        return channel % 2 == 1 ? requantise(sum, pair.odd, pair.odd_shift, kept) : requantise(sum, pair.even, pair.even_shift, kept);
    }
    /// Whether the kernel is exact for all sums of a channel.
    constexpr bool proves(int channel) const {
        return stay_below(sum_limit, start(channel), layout.count(), [&] { return totals(channel); });
    }

private:
    constexpr weight_totals totals(int channel) const {
        weight_totals sum;
        std::int8_t const* const first = filter + layout.offset(channel, 0);
        for (int i = 0; i < 2 * layout.steps(); ++i) {
            std::int8_t const* const word = first + i * layout.word_distance();
            for (int half = 0; half < 4; half += 2) {
                int const weight = channel % 2 == 1 ? word[half] : word[half + 1] + (word[half] < 0 ? 1 : 0);
                (weight > 0 ? sum.positive : sum.negative) += weight;
            }
        }
        return sum;
    }
};

/// Whether results of these sums are exact by `requantise`: they stay below 2^23, and the factor does not shift to the left.
constexpr bool requantises(sum_range const& range, fixed_point factor, int8_range_kept const& kept) {
    return range.least > -sum_limit && range.most < sum_limit && factor.shift <= (kept.away_from_zero && factor.multiplier != 0 ? -1 : 0);
}

/// Whether a filter [channels, taps] can be packed in pairs: every channel that is not constant requantises, and no weight of
/// an even one is -128.
template <class Scheme>
constexpr bool pair_filter_fits(int channels, int taps, filter_bank<Scheme> const& plain) {
    int8_range_kept const kept{plain.output};
    for (int o = 0; o < channels; ++o) {
        auto const range = range_of(plain, o, taps);
        if (is_constant(plain, o, range)) continue;
        if (!requantises(range, factor_of(plain, o), kept)) return false;
        for (int i = 0; o % 2 == 0 && i < taps; ++i) {
            if (plain.filter[o * taps + i] == -128) return false;
        }
    }
    return true;
}

/// The requantisation of a channel; `start` is its sum before any tap.
struct channel_constants {
    std::int32_t start;
    channel_pair::factor factor;
    int shift;
};

constexpr channel_constants constants_of(std::int32_t start, fixed_point factor, int zero_point) {
    int const shift = factor.multiplier == 0 ? 1 : std::min(static_cast<int>(-factor.shift), most_shift);
    return {start, {factor.multiplier, (shift == 0 ? 0 : 1 << (shift - 1)) + zero_point * (1 << shift)}, shift};
}

/// Of a channel that gives the same result for every image: no weights, and a sum of 0 to which the result is added.
constexpr channel_constants constants_of(std::int8_t result) { return {0, {0, result}, 0}; }

/// Packs a filter that fits. `filter` holds layout.filter_bytes(channels) bytes, `pairs` one for each two channels.
template <class Scheme, class Layout>
constexpr void pack_pairs(int channels, Layout const& layout, filter_bank<Scheme> const& plain, std::int8_t* filter, channel_pair* pairs) {
    std::fill_n(filter, layout.filter_bytes(channels), std::int8_t{0});
    int const taps = layout.count();
    for (int o = 0; o < channels; ++o) {
        auto const range = range_of(plain, o, taps);
        bool const constant = is_constant(plain, o, range);
        auto const to = constant ? constants_of(plain.finish(static_cast<std::int32_t>(range.least), o))
                                 : constants_of(plain.start(o), factor_of(plain, o), plain.output.zero_point);
        auto& pair = pairs[o / 2];
        if (o % 2 == 0) {
            pair = {static_cast<std::int32_t>(static_cast<std::uint32_t>(to.start) << 8), 0, {0, 0}, 1, static_cast<std::int16_t>(to.shift), to.factor};
        } else {
            pair.odd_start = to.start;
            pair.both_start = static_cast<std::int32_t>(static_cast<std::uint32_t>(pair.both_start) + static_cast<std::uint32_t>(to.start));
            pair.odd = to.factor;
            pair.odd_shift = static_cast<std::int16_t>(to.shift);
        }
        for (int i = 0; !constant && i < taps; ++i) {
            int const at = layout.offset(o, i);
            int const weight = plain.filter[o * taps + i];
            if (o % 2 == 0) {
                filter[at + 1] = static_cast<std::int8_t>(weight);
            } else {  // 256 * even + odd: a negative odd weight borrows from the even one
                filter[at] = static_cast<std::int8_t>(weight);
                if (weight < 0) filter[at + 1] = static_cast<std::int8_t>(filter[at + 1] - 1);
            }
        }
    }
}

}  // namespace inlay::dsp
