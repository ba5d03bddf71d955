// SPDX-License-Identifier: MIT
//
// The filter of the Helium convolution: output channels in groups of four, each group in two pairs, of the channels 0 and 2 and
// of 1 and 3, so that two narrowing moves bring four channels into their order. Within a pair the vectors of 16 taps alternate:
//
//     [groups][2 pairs][taps / 16][2 channels][16 taps]
//
// Zeros fill up the last vector. The last group overlaps the one before, so that it is whole; fewer than four channels are
// filled up with zeros.
#pragma once

#include <inlay/kernels/arm_dsp/pair_filter.hpp>
#include <inlay/kernels/arm_mve/lane_filter.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::mve {

using dsp::range_kind;

/// Most bytes from a result to the next: results of four pixels are stored at distances of 16 bits.
inline constexpr int most_pixel = (0xffff - 2) / 3;

/// How the taps of the output channels lie.
struct quad_layout {
    int taps;  ///< of an output channel
    int channels;

    constexpr int count() const { return taps; }
    constexpr int steps() const { return (taps + 15) / 16; }
    constexpr int groups() const { return (channels + 3) / 4; }
    constexpr int group_bytes() const { return steps() * 4 * 16; }
    constexpr int filter_bytes() const { return groups() * group_bytes(); }
    constexpr int first_channel(int group) const { return group == groups() - 1 ? std::max(channels - 4, 0) : group * 4; }
    /// Of a channel in the order in which the kernel makes them; `place` is its place in the group.
    static constexpr int number(int group, int place) { return group * 4 + place % 2 * 2 + place / 2; }
    constexpr int offset(int number, int i) const { return number / 2 * (steps() * 32) + i / 16 * 32 + number % 2 * 16 + i % 16; }
    constexpr int number_of(int channel) const { return number(channel / 4, channel - first_channel(channel / 4)); }
};

/// The bank of tables in this layout.
template <quantisation_scheme Scheme, range_kind Range>
struct quad_bank {
    using scheme = Scheme;
    static constexpr range_kind range = Range;

    std::int8_t const* filter;
    lane_channels<1> const* channels;
    quad_layout layout;
    int input_zero_point;
    int zero_point;
    int8_range_kept kept;

    constexpr std::int32_t start(int channel) const { return channels[layout.number_of(channel)].start[0]; }
    constexpr std::int32_t weight(int index) const { return filter[layout.offset(layout.number_of(index / layout.taps), index % layout.taps)]; }
    constexpr std::int8_t finish(std::int32_t sum, int channel) const {
        auto const& by = channels[layout.number_of(channel)];
        return requantise(sum, by.multiplier[0], by.shift[0], zero_point, kept);
    }
    /// Whether the kernel is exact for all sums of a channel.
    constexpr bool proves(int channel) const {
        return stay_below(dsp::sum_limit, start(channel), layout.taps,
                          [&] { return lane_totals(filter + layout.offset(layout.number_of(channel), 0), layout.steps(), 32); });
    }
};

/// Packs a filter that fits. `filter` holds layout.filter_bytes(), `to` four for each group.
template <class Scheme>
constexpr void pack_quads(quad_layout const& layout, filter_bank<Scheme> const& plain, std::int8_t* filter, lane_channels<1>* to) {
    std::fill_n(filter, layout.filter_bytes(), std::int8_t{0});
    std::fill_n(to, layout.groups() * 4, lane_channels<1>{});
    for (int group = 0; group < layout.groups(); ++group) {
        int const first = layout.first_channel(group);
        for (int place = 0; place < 4 && first + place < layout.channels; ++place) {
            int const o = first + place;
            int const number = quad_layout::number(group, place);
            if (!set_channel(to[number], 0, o, plain, range_of(plain, o, layout.taps))) continue;
            for (int i = 0; i < layout.taps; ++i) filter[layout.offset(number, i)] = plain.filter[o * layout.taps + i];
        }
    }
}

}  // namespace inlay::mve
