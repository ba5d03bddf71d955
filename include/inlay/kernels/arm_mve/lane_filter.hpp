// SPDX-License-Identifier: MIT
//
// The filter of the Helium kernels. VMLADAV adds the products of two vectors of 16 bytes to one sum, so a filter lies as
// vectors of 16 taps; output channels stand side by side in blocks, so that one pointer reads all their vectors:
//
//     [channels / block][taps / 16][block][16 taps]
//
// Zeros fill up the last vector and the last block. Results take VQRDMULH, which is the reference's first rounding, and VRSHL,
// its second one but for negative numbers: those it rounds half away from zero, which takes one off. Where the kept range
// begins at the zero point or above, nobody can see that.
#pragma once

#include <inlay/kernels/arm_dsp/pair_filter.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::mve {

/// How the taps of the output channels lie.
struct lane_layout {
    int taps;   ///< of an output channel
    int block;  ///< output channels side by side

    constexpr int count() const { return taps; }
    constexpr int steps() const { return (taps + 15) / 16; }
    constexpr int blocks(int channels) const { return (channels + block - 1) / block; }
    constexpr int offset(int o, int i) const { return ((o / block * steps() + i / 16) * block + o % block) * 16 + i % 16; }
    constexpr int filter_bytes(int channels) const { return blocks(channels) * steps() * block * 16; }
    /// Channels with constants: whole blocks, as the kernel reads them without asking.
    constexpr int channels(int channels) const { return blocks(channels) * block; }
};

/// Requantisation of `Block` channels, field by field, so that a vector of channels is one load.
template <int Block>
struct lane_channels {
    std::int32_t start[Block];       ///< the sum before any tap
    std::int32_t multiplier[Block];
    std::int32_t shift[Block];       ///< to the left: 0 or negative
};

constexpr std::int8_t requantise(std::int32_t sum, std::int32_t multiplier, int shift, int zero_point, int8_range_kept const& kept) {
    auto const product = doubling_high_product(sum, multiplier);
    return static_cast<std::int8_t>(std::clamp(static_cast<int>(rounding_shift_right(product, -shift)) + zero_point, kept.lowest, kept.highest));
}

/// What the weights of a channel add up to, whose vectors of 16 taps lie `distance` bytes apart.
constexpr weight_totals lane_totals(std::int8_t const* first, int steps, int distance) {
    weight_totals sum;
    for (int step = 0; step < steps; ++step) {
        std::int8_t const* const vector = first + step * distance;
        for (int i = 0; i < 16; ++i) (vector[i] > 0 ? sum.positive : sum.negative) += vector[i];
    }
    return sum;
}

/// The bank of tables in this layout.
template <quantisation_scheme Scheme, int Block>
struct lane_bank {
    using scheme = Scheme;

    std::int8_t const* filter;
    lane_channels<Block> const* channels;
    int taps;
    int input_zero_point;
    int zero_point;
    int8_range_kept kept;

    constexpr lane_layout layout() const { return {taps, Block}; }
    constexpr std::int32_t start(int channel) const { return channels[channel / Block].start[channel % Block]; }
    constexpr std::int32_t weight(int index) const { return filter[layout().offset(index / taps, index % taps)]; }
    constexpr std::int8_t finish(std::int32_t sum, int channel) const {
        auto const& by = channels[channel / Block];
        return requantise(sum, by.multiplier[channel % Block], by.shift[channel % Block], zero_point, kept);
    }
    /// Whether the kernel is exact for all sums of a channel.
    constexpr bool proves(int channel) const {
        return stay_below(dsp::sum_limit, start(channel), taps, [&] { return lane_totals(filter + layout().offset(channel, 0), layout().steps(), Block * 16); });
    }
};

/// Whether a filter [channels, taps] can be packed: every channel that is not constant requantises.
template <class Scheme>
constexpr bool lane_filter_fits(int channels, int taps, filter_bank<Scheme> const& plain) {
    for (int o = 0; o < channels; ++o) {
        auto const range = range_of(plain, o, taps);
        if (!is_constant(plain, o, range) && !dsp::requantises(range, factor_of(plain, o))) return false;
    }
    return true;
}

/// Sets the constants of channel o, whose sums lie in `range`, and says whether it needs its weights.
template <int Block, class Scheme>
constexpr bool set_channel(lane_channels<Block>& by, int lane, int o, filter_bank<Scheme> const& plain, sum_range const& range) {
    if (is_constant(plain, o, range)) {
        // No weights, and a start that requantises to the result.
        by.start[lane] = 4 * (plain.finish(static_cast<std::int32_t>(range.least), o) - plain.output.zero_point);
        by.multiplier[lane] = 1 << 30;
        by.shift[lane] = -1;
        return false;
    }
    auto const factor = factor_of(plain, o);
    by.start[lane] = plain.start(o);
    by.multiplier[lane] = factor.multiplier;
    by.shift[lane] = factor.multiplier == 0 ? -1 : std::max(static_cast<int>(factor.shift), -dsp::most_shift);
    return true;
}

/// Packs a filter that fits. `filter` holds filter_bytes(channels), `to` blocks(channels).
template <int Block, class Scheme>
constexpr void pack_lanes(int channels, int taps, filter_bank<Scheme> const& plain, std::int8_t* filter, lane_channels<Block>* to) {
    lane_layout const layout{taps, Block};
    std::fill_n(filter, layout.filter_bytes(channels), std::int8_t{0});
    std::fill_n(to, layout.blocks(channels), lane_channels<Block>{});
    for (int o = 0; o < channels; ++o) {
        if (!set_channel(to[o / Block], o % Block, o, plain, range_of(plain, o, taps))) continue;
        for (int i = 0; i < taps; ++i) filter[layout.offset(o, i)] = plain.filter[o * taps + i];
    }
}

}  // namespace inlay::mve
