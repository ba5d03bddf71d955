// SPDX-License-Identifier: MIT
//
// Which fully connected layers the DSP kernel makes, and what it needs for them.
#pragma once

#include <inlay/kernels/arm_dsp/pair_filter.hpp>
#include <inlay/kernels/fully_connected.hpp>
#include <inlay/kernels/kernel_choice.hpp>

namespace inlay::dsp {

/// Units of a block.
inline constexpr int block_units = 6;

/// How the taps of a unit lie: in the order of pair_layout, the words of three pairs of units side by side; of units behind the
/// last whole block each pair by itself. A block, or a pair, begins with its starts and ends with its multipliers; where all units
/// have one factor, it stands once behind them.
struct unit_layout {
    int taps;
    int channels;  ///< units
    bool one_factor;

    constexpr int count() const { return taps; }
    constexpr int words() const { return taps / 4 * 2 + std::min(taps % 4, 2); }
    /// The kernel takes two words at a time.
    constexpr int steps() const { return (words() + 1) / 2; }
    /// Bytes of two units.
    constexpr int pair_bytes() const { return 8 + steps() * 8 + (one_factor ? 0 : 8); }
    constexpr int block_bytes() const { return pair_bytes() * (block_units / 2); }
    constexpr int whole_units() const { return channels / block_units * block_units; }
    constexpr int pairs() const { return (channels + 1) / 2; }
    /// From a word of two taps to the next, in bytes.
    constexpr int word_distance(int o) const { return pairs_at_once(o) * 4; }
    /// Where the halfword of tap i of unit o begins.
    constexpr int offset(int o, int i) const { return begin(o) + pairs_at_once(o) * (8 + (i / 4 * 2 + i % 2) * 4) + number(o) / 2 * 4 + i % 4 / 2 * 2; }
    constexpr int start_at(int o) const { return begin(o) + number(o) * 4; }
    constexpr int multiplier_at(int o) const {
        return one_factor ? pairs() * pair_bytes() : begin(o) + pairs_at_once(o) * (pair_bytes() - 8) + number(o) * 4;
    }
    constexpr int shift_at(int o) const { return pairs() * pair_bytes() + (one_factor ? 4 : o); }
    constexpr int bytes() const { return one_factor ? shift_at(0) + 1 : shift_at(pairs() * 2); }

    friend constexpr bool operator==(unit_layout const&, unit_layout const&) = default;

private:
    constexpr int pairs_at_once(int o) const { return o < whole_units() ? block_units / 2 : 1; }
    /// Where the block or the pair of unit o begins, and the unit's number in it.
    constexpr int begin(int o) const { return o / 2 / pairs_at_once(o) * pairs_at_once(o) * pair_bytes(); }
    constexpr int number(int o) const { return o % (pairs_at_once(o) * 2); }
};

template <quantisation_scheme Scheme>
constexpr unit_layout layout_of(fully_connected_geometry const& g) {
    return {g.in, g.out, Scheme::rescales(2) == 1};
}

/// Whether the kernel makes layers of this geometry. The weights must fit as well: pair_filter_fits.
constexpr bool makes_units(fully_connected_geometry const& g) { return g.filter_zero_point == 0; }

constexpr kernel_choice unit_connection(fully_connected_geometry const& g) { return {.name = "dsp units", .scratch_words = unit_layout{g.in, g.out, false}.steps() * 2}; }

}  // namespace inlay::dsp
