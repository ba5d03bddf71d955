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

/// How the taps of a unit lie: in the order of pair_layout, the words of three pairs of units side by side.
struct unit_layout {
    int taps;

    constexpr int count() const { return taps; }
    constexpr int words() const { return taps / 4 * 2 + std::min(taps % 4, 2); }
    /// The kernel takes two words at a time.
    constexpr int steps() const { return (words() + 1) / 2; }
    static constexpr int word_distance() { return 4 * (block_units / 2); }
    constexpr int block_bytes() const { return steps() * 8 * block_units / 2; }
    constexpr int filter_bytes(int units) const { return (units + block_units - 1) / block_units * block_bytes(); }
    constexpr int pairs(int units) const { return (units + block_units - 1) / block_units * (block_units / 2); }
    /// Where the halfword of tap i of unit o begins.
    constexpr int offset(int o, int i) const {
        int const word = i / 4 * 2 + i % 2;
        return o / block_units * block_bytes() + (word * (block_units / 2) + o % block_units / 2) * 4 + i % 4 / 2 * 2;
    }
};

/// Whether the kernel makes layers of this geometry. The weights must fit as well: pair_filter_fits.
constexpr bool makes_units(fully_connected_geometry const& g) { return g.filter_zero_point == 0; }

constexpr kernel_choice unit_connection(fully_connected_geometry const& g) { return {.name = "dsp units", .scratch_words = unit_layout{g.in}.steps() * 2}; }

}  // namespace inlay::dsp
