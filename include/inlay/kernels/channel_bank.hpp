// SPDX-License-Identifier: MIT
//
// Filters in the operator's own order, for kernels that make some output channels of a pixel at a time from any window.
#pragma once

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/sum_range.hpp>
#include <inlay/kernels/thumb1/channel.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::channels {

/// Where the weights of a channel lie in a filter: [taps, channels] of a depthwise convolution, [channels, taps] of any other.
struct weight_order {
    int taps;
    int channels;
    bool taps_first;

    constexpr int first(int o) const { return taps_first ? o : o * taps; }
    constexpr int step() const { return taps_first ? channels : 1; }
};

/// The bank of a filter with the numbers of each channel as `Isa` takes them.
template <quantisation_scheme Scheme, class Isa, class Finishing>
struct bank {
    using scheme = Scheme;

    std::int8_t const* filter;
    twin::channel<Isa> const* channels;
    weight_order order;
    int channel_count;
    int input_zero_point;
    int8_range_kept kept;

    constexpr std::int8_t const* weights() const { return filter; }
    constexpr std::int32_t start(int o) const { return channels[o].start; }
    constexpr std::int32_t weight(int index) const { return filter[index]; }
    constexpr std::int8_t finish(std::int32_t sum, int o) const { return channels[o].finish(sum, kept); }
    template <class Requantise>
    Requantise requantiser(int o) const {
        return Requantise{channels[o], kept.lowest, kept.highest};
    }
    /// Whether the kernel is exact for all sums of a channel.
    constexpr bool proves(int o) const {
        return stay_below(twin::channel<Isa>::sum_limit, start(o), order.taps, [&] { return totals_of(*this, order.first(o), order.taps, order.step()); });
    }
};

/// What the sums of a channel of a filter can reach, whatever the image holds.
template <class Scheme>
constexpr sum_range range_of_channel(filter_bank<Scheme> const& plain, weight_order const& order, int o) {
    return order.taps_first ? depthwise_range_of(plain, o, order.taps, order.channels) : range_of(plain, o, order.taps);
}

/// Whether every channel that is not constant requantises as the instruction set does it.
template <class Isa, class Scheme>
constexpr bool fits(filter_bank<Scheme> const& plain, weight_order const& order) {
    int8_range_kept const kept{plain.output};
    for (int o = 0; o < order.channels; ++o) {
        auto const range = range_of_channel(plain, order, o);
        if (!is_constant(plain, o, range) && !twin::channel<Isa>::fits(range, factor_of(plain, o), kept)) return false;
    }
    return true;
}

/// Packs a filter that fits; a channel that gives the same result for every image keeps no weights.
template <class Isa, class Scheme>
constexpr void pack(filter_bank<Scheme> const& plain, weight_order const& order, std::int8_t* filter, twin::channel<Isa>* to) {
    for (int o = 0; o < order.channels; ++o) {
        auto const range = range_of_channel(plain, order, o);
        bool const constant = is_constant(plain, o, range);
        to[o] = constant ? twin::channel<Isa>::make_constant(plain.finish(static_cast<std::int32_t>(range.least), o))
                         : twin::channel<Isa>::make(plain.start(o), factor_of(plain, o), range, plain.output);
        for (int i = 0; i < order.taps; ++i) {
            int const at = order.first(o) + i * order.step();
            filter[at] = constant ? std::int8_t{0} : plain.filter[at];
        }
    }
}

/// A channel's sum before any tap; a family may have a faster way to load it.
template <class Bank>
inline std::int32_t start_of(Bank const& bank, int o) {
    return bank.start(o);
}

/// The taps of a window that lie inside the image, in rows or in columns.
struct inside_taps {
    int first;
    int end;

    /// `at` is where the first tap reads.
    constexpr inside_taps(int at, int dilation, int taps, int extent)
        : first{at >= 0 ? 0 : std::min((-at + dilation - 1) / dilation, taps)},
          end{at + (taps - 1) * dilation < extent ? taps : std::max(first, (extent - at + dilation - 1) / dilation)} {}
};

}  // namespace inlay::channels
