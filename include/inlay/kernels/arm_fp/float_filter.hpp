// SPDX-License-Identifier: MIT
//
// The filters of the float kernels. A convolution and a fully connected layer have their output channels in blocks of four, so
// that one load fetches the weights of a tap; the channels behind the last block lie as in the operator's own order:
//
//     [channels / 4][taps][4], then [channels % 4][taps]
//
// Every sum is made in the order of the portable kernel, from zero, tap by tap, the bias last, with products that are not
// rounded before they are added. So the kernels of all cores give the same bits, and those of a compiler that contracts
// products and sums. Only the ends of a range are seen differently: without an activation a sum that overflows stays infinite,
// and of what is no number an activation makes an end of its range or leaves it.
#pragma once

#include <inlay/kernels/filter_bank.hpp>

#include <bit>
#include <cstdint>
#include <limits>

namespace inlay::fp {

/// Of the range that is kept, what decides which instructions make a result. Ranges hold zero, as those of all activations do.
struct range_kind {
    bool from_zero;    ///< negative numbers become zero
    bool has_lowest;   ///< there is a lower end, and it is not zero
    bool has_highest;

    constexpr explicit range_kind(float_output const& to)
        : from_zero{!(to.lowest < 0)}, has_lowest{to.lowest < 0 && to.lowest > -most}, has_highest{to.highest < most} {}

    constexpr bool is_full() const { return !from_zero && !has_lowest && !has_highest; }

private:
    static constexpr float most = std::numeric_limits<float>::max();
};

/// The ends of a range, by their bits.
struct range_bits {
    std::uint32_t lowest;
    std::uint32_t highest;

    constexpr explicit range_bits(float_output const& to) : lowest{std::bit_cast<std::uint32_t>(to.lowest)}, highest{std::bit_cast<std::uint32_t>(to.highest)} {}
};

/// Output channels in blocks of four.
struct block_layout {
    static constexpr int block = 4;

    int taps;  ///< of an output channel
    int channels;

    constexpr int blocks() const { return channels / block; }
    constexpr int in_blocks() const { return blocks() * block; }
    /// Where weight number i of the operator's own order lies: [channels, taps].
    constexpr int offset(int i) const {
        int const o = i / taps;
        return o < in_blocks() ? (o / block * taps + i % taps) * block + o % block : i;
    }
};

/// The operator's own order.
struct plain_layout {
    constexpr int offset(int i) const { return i; }
};

/// The bank of float tables in a layout.
template <auto Kept, class Layout>
struct float_bank {
    using scheme = float32;
    static constexpr range_kind range{Kept};
    static constexpr int input_zero_point = 0;

    float const* filter;
    float const* bias;
    Layout layout;

    constexpr float start(int) const { return 0; }
    constexpr float weight(int index) const { return filter[layout.offset(index)]; }
    constexpr float finish(float sum, int channel) const { return float32::requantise(sum + bias[channel], nullptr, channel, Kept); }
};

}  // namespace inlay::fp
