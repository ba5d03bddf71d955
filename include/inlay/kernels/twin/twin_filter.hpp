// SPDX-License-Identifier: MIT
//
// The filter of the kernels for cores that multiply one pair of numbers at a time, Cortex-M0 and M3. Two pixels share a word,
// X = x0 + 65536 * x1, so that X * w holds the products of both. Taps are added in chunks,
//
//     t = 32768 + sum of X * w            both += t;  upper += t >> 16
//
// where t's lower half stays within 16 bits, so that nothing is borrowed from the upper one. That is so while |w| sums up to 255
// in a chunk. What of a weight is too much for its chunk is split off: an extra tap that is a chunk by itself. In the end `upper`
// is the sum of the second pixel, and both - 32768 * chunks - (upper << 16) is exactly that of the first.
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/kernels/sum_range.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// Pixels of a block: two words.
inline constexpr int block_pixels = 4;

/// How results end: whether the rounding of negative numbers shows, and whether the range is all of int8.
template <bool AwayFromZero, bool FullRange>
struct finishing {
    static constexpr bool away_from_zero = AwayFromZero;
    static constexpr bool full_range = FullRange;
};

/// What is narrower than int8 is rare, and rounds by the rule that always holds.
template <int8_output Kept>
using finishing_of = finishing<int8_range_kept{Kept}.away_from_zero || !int8_range_kept{Kept}.is_full(), int8_range_kept{Kept}.is_full()>;

/// Start and requantisation of an output channel, as the kernels of an instruction set take them. Each specialisation says
/// whether a channel `fits`, makes the constants, and finishes a sum as the kernel does.
template <class Isa>
struct channel;

/// How the taps of an output channel lie: in the operator's own order, with zeros behind them up to a whole chunk.
struct tap_layout {
    int taps;
    int chunk;

    constexpr int chunks() const { return (taps + chunk - 1) / chunk; }
    constexpr int padded() const { return chunks() * chunk; }
    constexpr int count() const { return taps; }
    /// Where the words of a tap lie in a block, whose chunks begin with so many words for each pair.
    constexpr int word_of(int tap, int starts) const { return 2 * (tap + (tap / chunk + 1) * starts); }
};

/// What is left of a weight whose chunk could overflow; kernels load both with one instruction.
struct alignas(4) extra_tap {
    std::uint16_t word;   ///< of the block, where the tap's inputs begin
    std::int16_t weight;
};

/// Whether the sums of a chunk stay within 16 bits, whatever the image holds.
constexpr bool chunk_fits(weight_totals const& sum) {
    sum_range const range = sum.range(0);
    return range.least >= -32768 && range.most <= 32767;
}
constexpr bool chunk_fits(std::int16_t const* weights, int count) {
    weight_totals sum;
    for (int i = 0; i < count; ++i) (weights[i] > 0 ? sum.positive : sum.negative) += weights[i];
    return chunk_fits(sum);
}

/// The same for all chunks of a channel as they are stored, and for what was split off, and whether the sums themselves stay
/// below `limit`.
///   weights   the channel's first byte; the next one is `distance` bytes further
///   bias      of the bytes: 128 where they are stored from 0 on
template <int Bias>
constexpr bool chunks_fit(std::int32_t limit, std::int64_t start, std::int8_t const* weights, int chunks, int chunk, int distance, extra_tap const* extra,
                          extra_tap const* extras_end) {
    weight_totals all;
    for (int c = 0; c < chunks; ++c) {
        weight_totals sum;
        for (int i = 0; i < chunk; ++i) {
            std::int8_t const byte = weights[(c * chunk + i) * distance];
            int const weight = Bias == 0 ? byte : static_cast<std::uint8_t>(byte) - Bias;
            (weight > 0 ? sum.positive : sum.negative) += weight;
        }
        if (!chunk_fits(sum)) return false;
        all.positive += sum.positive;
        all.negative += sum.negative;
    }
    for (; extra != extras_end; ++extra) {
        int const weight = extra->weight;
        if (!chunk_fits(weight_totals{std::max(weight, 0), std::min(weight, 0)})) return false;
        (weight > 0 ? all.positive : all.negative) += weight;
    }
    sum_range const range = all.range(start);
    return range.least > -limit && range.most < limit;
}

/// Makes a chunk fit; visit(i, rest) gets what is taken off weight i.
template <class Visit>
constexpr void split_chunk(std::int16_t* weights, int count, Visit visit) {
    while (!chunk_fits(weights, count)) {
        int total = 0;
        int largest = 0;
        for (int i = 0; i < count; ++i) {
            total += weights[i] < 0 ? -weights[i] : weights[i];
            if (std::max<int>(weights[i], -weights[i]) > std::max<int>(weights[largest], -weights[largest])) largest = i;
        }
        int const magnitude = std::max<int>(weights[largest], -weights[largest]);
        int const rest = std::min(magnitude, std::max(total - 255, 1)) * (weights[largest] < 0 ? -1 : 1);
        weights[largest] = static_cast<std::int16_t>(weights[largest] - rest);
        visit(largest, rest);
    }
}

/// The bank of tables in this layout. Weights are stored from 0 on, plus 128, where the instruction set loads such bytes better.
template <quantisation_scheme Scheme, class Isa, int Chunk, class Finishing>
struct bank {
    using scheme = Scheme;
    using finishing = Finishing;

    std::int8_t const* filter;
    channel<Isa> const* channels;
    extra_tap const* extras;
    tap_layout layout;
    int input_zero_point;
    int8_range_kept kept;

    constexpr std::int32_t start(int o) const { return channels[o].start; }
    constexpr std::int32_t weight(int index) const {
        int const o = index / layout.taps;
        int const tap = index % layout.taps;
        std::int8_t const byte = filter[o * layout.padded() + tap];
        std::int32_t sum = channel<Isa>::biased_weights ? static_cast<std::uint8_t>(byte) - 128 : byte;
        int const word = layout.word_of(tap, channel<Isa>::chunk_starts);
        for (int e = o == 0 ? 0 : channels[o - 1].extras_end; e < channels[o].extras_end; ++e) sum += extras[e].word == word ? extras[e].weight : 0;
        return sum;
    }
    constexpr std::int8_t finish(std::int32_t sum, int o) const { return channels[o].finish(sum, kept); }
    /// Whether the kernel is exact for all sums of a channel.
    constexpr bool proves(int o) const {
        return chunks_fit<channel<Isa>::biased_weights ? 128 : 0>(channel<Isa>::sum_limit, start(o), filter + o * layout.padded(), layout.chunks(), Chunk, 1,
                                                                  extras + (o == 0 ? 0 : channels[o - 1].extras_end), extras + channels[o].extras_end);
    }
};

/// Whether every channel of a filter [channels, taps] that is not constant requantises as the instruction set does it.
template <class Isa, class Scheme>
constexpr bool filter_fits(int channels, int taps, filter_bank<Scheme> const& plain) {
    int8_range_kept const kept{plain.output};
    for (int o = 0; o < channels; ++o) {
        auto const range = range_of(plain, o, taps);
        if (!is_constant(plain, o, range) && !channel<Isa>::fits(range, factor_of(plain, o), kept)) return false;
    }
    return true;
}

/// The extra taps that a filter [channels, taps] needs in chunks of this size; visit(o, tap, rest) gets each.
template <class Isa, class Scheme, class Visit>
constexpr void split_filter(int channels, tap_layout const& layout, filter_bank<Scheme> const& plain, std::int8_t* filter, Visit visit) {
    for (int o = 0; o < channels; ++o) {
        bool const constant = is_constant(plain, o, range_of(plain, o, layout.taps));
        for (int first = 0; first < layout.padded(); first += layout.chunk) {
            std::int16_t weights[8] = {};
            for (int i = first; !constant && i < std::min(first + layout.chunk, layout.taps); ++i) weights[i - first] = plain.filter[o * layout.taps + i];
            split_chunk(weights, layout.chunk, [&](int i, int rest) { visit(o, first + i, rest); });
            for (int i = 0; filter != nullptr && i < layout.chunk; ++i) {
                *filter++ = static_cast<std::int8_t>(weights[i] + (channel<Isa>::biased_weights ? 128 : 0));
            }
        }
    }
}

template <class Isa, class Scheme>
constexpr int count_extras(int channels, tap_layout const& layout, filter_bank<Scheme> const& plain) {
    int count = 0;
    split_filter<Isa>(channels, layout, plain, nullptr, [&](int, int, int) { ++count; });
    return count;
}

/// The constants of channels with filters [channels, taps] that fit.
template <class Isa, class Scheme>
constexpr void make_channels(int channels, int taps, filter_bank<Scheme> const& plain, channel<Isa>* to) {
    for (int o = 0; o < channels; ++o) {
        auto const range = range_of(plain, o, taps);
        to[o] = is_constant(plain, o, range) ? channel<Isa>::make_constant(plain.finish(static_cast<std::int32_t>(range.least), o))
                                             : channel<Isa>::make(plain.start(o), factor_of(plain, o), range, plain.output);
    }
}

/// Packs a filter that fits. `filter` holds channels * layout.padded() bytes, `extras` count_extras.
template <class Isa, class Scheme>
constexpr void pack(int channels, tap_layout const& layout, filter_bank<Scheme> const& plain, std::int8_t* filter, channel<Isa>* to, extra_tap* extras) {
    make_channels<Isa>(channels, layout.taps, plain, to);
    int count = 0;
    split_filter<Isa>(channels, layout, plain, filter, [&](int o, int tap, int rest) {
        extras[count++] = {static_cast<std::uint16_t>(layout.word_of(tap, channel<Isa>::chunk_starts)), static_cast<std::int16_t>(rest)};
        to[o].extras_end = static_cast<std::uint16_t>(count);
    });
    for (int o = 1; o < channels; ++o) to[o].extras_end = std::max(to[o].extras_end, to[o - 1].extras_end);
}

}  // namespace inlay::twin
