// SPDX-License-Identifier: MIT
//
// Which depthwise convolutions the Helium kernel makes, and what it needs for them.
#pragma once

#include <inlay/kernels/arm_dsp/depthwise_choice.hpp>
#include <inlay/kernels/arm_mve/quad_filter.hpp>
#include <inlay/kernels/depthwise_conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>

namespace inlay::mve {

/// Channels that are interleaved together, and bytes of a column of them: four rows of each.
inline constexpr int column_channels = 16;
inline constexpr int column_bytes = column_channels * 4;
/// Bytes of a channel's filter: three columns of three rows and a zero.
inline constexpr int window_bytes = 12;

/// A bank with the filter as [channels][columns][rows and a zero].
template <quantisation_scheme Scheme, range_kind Range>
struct window_bank {
    using scheme = Scheme;
    static constexpr range_kind range = Range;

    std::int8_t const* filter;
    lane_channels<1> const* channels;
    int channel_count;
    int input_zero_point;
    int zero_point;
    int8_range_kept kept;

    constexpr std::int32_t start(int channel) const { return channels[channel].start[0]; }
    constexpr std::int32_t weight(int index) const {
        int const tap = index / channel_count;
        return filter[index % channel_count * window_bytes + tap % 3 * 4 + tap / 3];
    }
    constexpr std::int8_t finish(std::int32_t sum, int channel) const {
        return requantise(sum, channels[channel].multiplier[0], channels[channel].shift[0], zero_point, kept);
    }
    /// Whether the kernel is exact for all sums of a channel.
    constexpr bool proves(int channel) const {
        return stay_below(dsp::sum_limit, start(channel), 9, [&] { return totals_of(*this, channel, 9, channel_count); });
    }
};

/// Whether the kernel makes depthwise convolutions of this geometry. The weights must fit as well: depthwise_filter_fits.
constexpr bool makes_windows(depthwise_conv2d_geometry const& g) {
    return g.filter.h() == 3 && g.filter.w() == 3 && g.dilation_h == 1 && g.dilation_w == 1 && g.multiplier() == 1 && g.stride_h == g.stride_w &&
           g.stride_h <= 2 && g.out.c() <= most_pixel;
}

/// Channels whose numbers stand in the tables: whole groups of four, and bytes of their filters. The kernel reads four more.
constexpr int window_channels(int channels) { return (channels + 3) / 4 * 4; }
constexpr int windows_bytes(int channels) { return window_channels(channels) * window_bytes + 4; }

/// Whether a whole image is made column by column, as by dsp::walks_down: where that takes fewer tiles.
constexpr bool walks_down(depthwise_conv2d_geometry const& g) {
    auto const tiles = [&](int lines, int length) { return (g.stride_h == 1 ? (lines + 1) / 2 : lines) * ((length + 3) / 4); };
    return tiles(g.out.w(), g.out.h()) < tiles(g.out.h(), g.out.w());
}

/// Results that are made from one filling of the scratch, of a row of `width`.
constexpr int segment_columns(int width, int stride) { return std::min(stride == 1 ? 16 : 8, (width + 3) / 4 * 4); }

/// Scratch: columns of sixteen channels, and where columns take the place of rows, the filters of these channels.
constexpr kernel_choice window_convolution(depthwise_conv2d_geometry const& g) {
    int const width = walks_down(g) ? std::max(g.out.h(), g.out.w()) : g.out.w();
    int const filter = walks_down(g) ? windows_bytes(column_channels) / 4 : 0;
    return {.name = "mve windows", .scratch_words = ((segment_columns(width, g.stride_w) - 1) * g.stride_w + 3) * column_channels + filter,
            .tile = g.out.size() / g.out.c(), .stores = storing::planes};
}

/// Packs a filter [3, 3, channels] that fits. `filter` holds windows_bytes(channels), `to` window_channels(channels).
template <class Scheme>
constexpr void pack_windows(int channels, filter_bank<Scheme> const& plain, std::int8_t* filter, lane_channels<1>* to) {
    std::fill_n(filter, windows_bytes(channels), std::int8_t{0});
    std::fill_n(to, window_channels(channels), lane_channels<1>{});
    for (int o = 0; o < channels; ++o) {
        if (!set_channel(to[o], 0, o, plain, depthwise_range_of(plain, o, 9, channels))) continue;
        for (int tap = 0; tap < 9; ++tap) filter[o * window_bytes + tap % 3 * 4 + tap / 3] = plain.filter[tap * channels + o];
    }
}

}  // namespace inlay::mve
