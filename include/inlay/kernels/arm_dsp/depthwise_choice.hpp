// SPDX-License-Identifier: MIT
//
// Which depthwise convolutions the DSP kernel makes, and what it needs for them.
#pragma once

#include <inlay/kernels/arm_dsp/pair_filter.hpp>
#include <inlay/kernels/depthwise_conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>

#include <cstdint>

namespace inlay::dsp {

/// Requantisation of one channel, see pair_filter.hpp.
struct depthwise_channel {
    std::int32_t start;
    channel_pair::factor factor;
    std::int32_t shift;
};

/// A bank with the filter in its own order [H, W, channels].
template <quantisation_scheme Scheme, range_kind Range>
struct depthwise_bank {
    using scheme = Scheme;
    static constexpr range_kind range = Range;

    std::int8_t const* filter;
    depthwise_channel const* channels;
    int channel_count;
    int input_zero_point;
    int8_range_kept kept;

    constexpr std::int32_t start(int channel) const { return channels[channel].start; }
    constexpr std::int32_t weight(int index) const { return filter[index]; }
    constexpr std::int8_t finish(std::int32_t sum, int channel) const {
        return requantise(sum, channels[channel].factor, channels[channel].shift, kept);
    }
    /// Whether the kernel is exact for all sums of a channel.
    constexpr bool proves(int channel) const {
        return stay_below(sum_limit, start(channel), 9, [&] { return depthwise_totals(*this, channel, 9, channel_count); });
    }
};

/// Whether the kernel makes depthwise convolutions of this geometry.
constexpr bool makes_columns(depthwise_conv2d_geometry const& g) {
    return g.filter.h() == 3 && g.filter.w() == 3 && g.dilation_h == 1 && g.dilation_w == 1 && g.multiplier() == 1 && g.in.c() >= 4 &&
           g.stride_h == g.stride_w && g.stride_h <= 2 && g.pad_top <= 1 && g.pad_left <= 1;
}

/// Whether a whole image is made column by column: where columns are much longer than rows, there is less to start.
constexpr bool walks_down(depthwise_conv2d_geometry const& g) { return (g.out.h() + 1) / 2 >= (g.out.w() + 1) / 2 * 2; }

/// Columns of the image that the windows of a row of results read, and one more that surplus results read.
constexpr int columns_read(int results, int stride) { return (results + results % 2 - 1) * stride + 3; }

/// Scratch: for each column read four channels of two pairs of rows; the weights and constants of four channels.
inline constexpr int column_words = 8;
inline constexpr int channel_words = 10;

/// Whether results may be stored over their own pixels: what windows read again is kept in scratch.
constexpr bool fits_over_input(depthwise_conv2d_geometry const& g) {
    bool const is_smaller = g.out.h() <= g.in.h() && g.out.w() <= g.in.w();
    return g.in.n() == 1 && is_smaller && (!walks_down(g) || (g.out.h() == g.in.h() && g.out.w() == g.in.w()));
}

constexpr kernel_choice column_convolution(depthwise_conv2d_geometry const& g) {
    return {.name = "dsp columns", .scratch_words = columns_read(walks_down(g) ? g.out.h() : g.out.w(), g.stride_w) * column_words + 4 * channel_words,
            .tile = g.out.size() / g.out.c(), .stores = fits_over_input(g) ? storing::planes_over_input : storing::planes};
}

/// Whether every channel of a depthwise filter [taps, channels] requantises, or is constant.
template <class Scheme>
constexpr bool depthwise_filter_fits(int taps, int channels, filter_bank<Scheme> const& plain) {
    int8_range_kept const kept{plain.output};
    for (int o = 0; o < channels; ++o) {
        auto const range = depthwise_range_of(plain, o, taps, channels);
        if (!is_constant(plain, o, range) && !requantises(range, factor_of(plain, o), kept)) return false;
    }
    return true;
}

/// Packs a filter that fits.
template <class Scheme>
constexpr void pack_depthwise(int taps, int channels, filter_bank<Scheme> const& plain, std::int8_t* filter, depthwise_channel* packed) {
    for (int o = 0; o < channels; ++o) {
        auto const range = depthwise_range_of(plain, o, taps, channels);
        bool const constant = is_constant(plain, o, range);
        auto const to = constant ? constants_of(plain.finish(static_cast<std::int32_t>(range.least), o))
                                 : constants_of(plain.start(o), factor_of(plain, o), plain.output.zero_point);
        packed[o] = {to.start, to.factor, to.shift};
        for (int i = 0; i < taps; ++i) filter[i * channels + o] = constant ? std::int8_t{0} : plain.filter[i * channels + o];
    }
}

}  // namespace inlay::dsp
