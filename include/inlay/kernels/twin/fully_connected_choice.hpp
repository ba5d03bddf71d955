// SPDX-License-Identifier: MIT
//
// Fully connected layers have one pixel, so two units share a word: the bytes of four units at one tap are a word w, and
//
//     w & 0x00ff00ff          units 0 and 2        (w >> 8) & 0x00ff00ff          units 1 and 3
//
// are multiplied by the input. Bytes are weights plus 128, which takes 128 times the sum of the inputs off the start of each
// chunk, in both halves; the rest is as in twin_filter.hpp. What is split off a weight is multiplied by itself.
#pragma once

#include <inlay/kernels/fully_connected.hpp>
#include <inlay/kernels/kernel_choice.hpp>
#include <inlay/kernels/twin/twin_filter.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// Units of a block.
inline constexpr int block_units = 4;

/// How weights lie: [units / 4][taps][4], with zeros up to a whole chunk and a whole block.
struct unit_layout {
    int taps;
    int chunk;

    constexpr int chunks() const { return (taps + chunk - 1) / chunk; }
    constexpr int padded() const { return chunks() * chunk; }
    constexpr int filter_bytes(int units) const { return (units + block_units - 1) / block_units * padded() * block_units; }
    constexpr int offset(int o, int tap) const { return (o / block_units * padded() + tap) * block_units + o % block_units; }
    /// Where a tap lies among the inputs, whose chunks begin with their start.
    constexpr int word_of(int tap) const { return tap + tap / chunk + 1; }
    constexpr int input_words() const { return chunks() * (chunk + 1); }
};

template <quantisation_scheme Scheme, class Isa, int Chunk, class Finishing>
struct unit_bank {
    using scheme = Scheme;
    using finishing = Finishing;

    std::int8_t const* filter;
    channel<Isa> const* channels;
    extra_tap const* extras;
    unit_layout layout;
    int input_zero_point;
    int8_range_kept kept;

    constexpr std::int32_t start(int o) const { return channels[o].start; }
    constexpr std::int32_t weight(int index) const {
        int const o = index / layout.taps;
        int const tap = index % layout.taps;
        std::int32_t sum = static_cast<std::uint8_t>(filter[layout.offset(o, tap)]) - 128;
        for (int e = o == 0 ? 0 : channels[o - 1].extras_end; e < channels[o].extras_end; ++e) {
            sum += extras[e].word == layout.word_of(tap) ? extras[e].weight : 0;
        }
        return sum;
    }
    constexpr std::int8_t finish(std::int32_t sum, int o) const { return channels[o].finish(sum, kept); }
    /// Whether the kernel is exact for all sums of a unit.
    constexpr bool proves(int o) const {
        return chunks_fit<128>(channel<Isa>::sum_limit, start(o), filter + layout.offset(o, 0), layout.chunks(), Chunk, block_units,
                               extras + (o == 0 ? 0 : channels[o - 1].extras_end), extras + channels[o].extras_end);
    }
};

/// Whether the kernels make layers of this geometry. The weights must fit as well: filter_fits.
constexpr bool makes_units(fully_connected_geometry const& g) { return g.filter_zero_point == 0 && g.in <= 32768; }

template <class Isa>
constexpr kernel_choice unit_connection(unit_layout const& layout) {
    return {.name = channel<Isa>::unit_kernel_name, .scratch_words = layout.input_words()};
}

/// Visits what is split off, unit by unit, and writes the bytes of the filter if there is one.
template <class Scheme, class Visit>
constexpr void split_units(int units, unit_layout const& layout, filter_bank<Scheme> const& plain, std::int8_t* filter, Visit visit) {
    for (int o = 0; o < units; ++o) {
        bool const constant = is_constant(plain, o, range_of(plain, o, layout.taps));
        for (int first = 0; first < layout.padded(); first += layout.chunk) {
            std::int16_t weights[16] = {};
            for (int i = first; !constant && i < std::min(first + layout.chunk, layout.taps); ++i) weights[i - first] = plain.filter[o * layout.taps + i];
            split_chunk(weights, layout.chunk, [&](int i, int rest) { visit(o, first + i, rest); });
            for (int i = 0; filter != nullptr && i < layout.chunk; ++i) filter[layout.offset(o, first + i)] = static_cast<std::int8_t>(weights[i] + 128);
        }
    }
}

template <class Scheme>
constexpr int count_unit_extras(int units, unit_layout const& layout, filter_bank<Scheme> const& plain) {
    int count = 0;
    split_units(units, layout, plain, nullptr, [&](int, int, int) { ++count; });
    return count;
}

/// Packs a filter [units, taps] that fits. `filter` holds layout.filter_bytes(units), `extras` count_unit_extras.
template <class Isa, class Scheme>
constexpr void pack_units(int units, unit_layout const& layout, filter_bank<Scheme> const& plain, std::int8_t* filter, channel<Isa>* to, extra_tap* extras) {
    std::fill_n(filter, layout.filter_bytes(units), static_cast<std::int8_t>(-128));
    make_channels<Isa>(units, layout.taps, plain, to);
    int count = 0;
    split_units(units, layout, plain, filter, [&](int o, int tap, int rest) {
        extras[count++] = {static_cast<std::uint16_t>(layout.word_of(tap)), static_cast<std::int16_t>(rest)};
        to[o].extras_end = static_cast<std::uint16_t>(count);
    });
    for (int o = 1; o < units; ++o) to[o].extras_end = std::max(to[o].extras_end, to[o - 1].extras_end);
}

}  // namespace inlay::twin
