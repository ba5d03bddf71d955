// SPDX-License-Identifier: MIT
//
// Layers whose every result reads the whole input can add it up as it comes, a few pixels at a time: their sums are all that
// must be kept. Integers commute; floats are added in the same order as by the kernels that see the input whole.
#pragma once

#include <inlay/kernels/filter_bank.hpp>

namespace inlay {

/// Before the first pixel.
template <weight_bank Bank>
constexpr void start_sums(isa::portable, Bank const& bank, int outs, accumulator_of<Bank>* sums) {
    for (int o = 0; o < outs; ++o) sums[o] = bank.start(o);
}

/// Adds elements `first` to `first + count` of the input, where each output channel reads all `taps` of them.
///   filter   [outs, taps]
template <weight_bank Bank>
constexpr void add_to_sums(isa::portable, Bank const& bank, int outs, int taps, accumulator_of<Bank>* sums, activation_of<Bank> const* in,
                           int first, int count, int filter_zero_point = 0) {
    auto const zero = static_cast<accumulator_of<Bank>>(filter_zero_point);
    for (int o = 0; o < outs; ++o) {
        auto sum = sums[o];
        for (int i = 0; i < count; ++i) sum += in[i] * (bank.weight(o * taps + first + i) - zero);
        sums[o] = sum;
    }
}

/// Adds `count` pixels from pixel `first` on, where each output channel reads one input channel.
///   filter   [pixels, outs]
template <weight_bank Bank>
constexpr void add_to_channel_sums(isa::portable, Bank const& bank, int outs, int multiplier, accumulator_of<Bank>* sums,
                                   activation_of<Bank> const* in, int first, int count) {
    for (int pixel = first; pixel < first + count; ++pixel, in += outs / multiplier) {
        for (int o = 0; o < outs; ++o) sums[o] += in[o / multiplier] * bank.weight(pixel * outs + o);
    }
}

/// After the last pixel.
template <weight_bank Bank>
constexpr void finish_sums(isa::portable, Bank const& bank, int outs, activation_of<Bank>* out, accumulator_of<Bank> const* sums) {
    for (int o = 0; o < outs; ++o) out[o] = bank.finish(sums[o], o);
}

/// Adds `count` pixels, each channel by itself, without weights.
template <class T, class Accumulator>
constexpr void add_pixels(isa::portable, int channels, Accumulator* sums, T const* in, int count) {
    for (int pixel = 0; pixel < count; ++pixel, in += channels) {
        for (int c = 0; c < channels; ++c) sums[c] += in[c];
    }
}

}  // namespace inlay
