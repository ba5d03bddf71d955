// SPDX-License-Identifier: MIT
//
// Which depthwise convolutions the DSP kernel makes, and what it needs for them.
#pragma once

#include <inlay/kernels/arm_dsp/pair_filter.hpp>
#include <inlay/kernels/depthwise_conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>

#include <cstdint>
#include <limits>

namespace inlay::dsp {

/// The table of a depthwise filter: the sum before any tap and the multiplier of each channel, the filter in its own order
/// [H, W, channels], and a byte for each channel, its right shift less 1.
struct channel_layout {
    int taps;
    int channels;
    bool down = false;  ///< see walks_down

    constexpr int start_at(int o) const { return o * 8; }
    constexpr int multiplier_at(int o) const { return o * 8 + 4; }
    constexpr int weight_at(int index) const { return channels * 8 + index; }
    constexpr int shift_at(int o) const { return channels * (8 + taps) + o; }
    constexpr int bytes() const { return shift_at(channels); }

    friend constexpr bool operator==(channel_layout const&, channel_layout const&) = default;
};

/// The bank of such a table. `Layout`: a layout, or a `constant` of one.
template <quantisation_scheme Scheme, range_kind Range, class Layout = channel_layout>
struct depthwise_bank : packed_table {
    using scheme = Scheme;
    static constexpr range_kind range = Range;

    [[no_unique_address]] Layout layout;

    constexpr std::int8_t const* weights() const { return bytes + value_of(layout).weight_at(0); }
    constexpr std::int32_t start(int channel) const { return number_at(bytes + value_of(layout).start_at(channel)); }
    constexpr std::int32_t weight(int index) const { return bytes[value_of(layout).weight_at(index)]; }
    constexpr std::int8_t finish(std::int32_t sum, int channel) const {
        auto const& l = value_of(layout);
        return requantise(sum, {number_at(bytes + l.multiplier_at(channel)), bytes[l.shift_at(channel)]}, *this);
    }
    template <class Requantise>
    Requantise requantiser(int channel) const {
        return Requantise{*this, channel};
    }
    /// Whether the kernel is exact for all sums of a channel.
    constexpr bool proves(int channel) const {
        auto const& l = value_of(layout);
        return stay_below(sum_limit, start(channel), l.taps, [&] { return totals_of(*this, channel, l.taps, l.channels); });
    }
};

/// Where it saves time to make a whole image column by column: where columns are much longer than rows, there is less to start,
/// and more scratch. The weights say whether it is done.
constexpr bool walks_down(depthwise_conv2d_geometry const& g) { return g.in.n() == 1 && (g.out.h() + 1) / 2 >= (g.out.w() + 1) / 2 * 2; }

/// What the kernel reads of a geometry, in few bytes. Where it walks down, columns of the image take the place of rows.
struct column_geometry {
    std::uint16_t channels;
    std::uint16_t in_rows;      ///< of an image
    std::uint16_t in_columns;
    std::uint16_t in_row;       ///< bytes from a row of the image to the next
    std::uint16_t in_pixel;     ///< bytes from a column to the next
    std::uint16_t out_rows;
    std::uint16_t out_columns;
    std::uint16_t out_row;
    std::uint16_t out_pixel;
    std::uint16_t all_rows;     ///< of all images' results
    std::uint16_t filter_row;   ///< bytes from a row of the filter to the next
    std::uint8_t top;           ///< rows of padding
    std::uint8_t left;

    constexpr column_geometry(depthwise_conv2d_geometry const& g, bool down)
        : channels{static_cast<std::uint16_t>(g.in.c())},
          in_rows{static_cast<std::uint16_t>(down ? g.in.w() : g.in.h())},
          in_columns{static_cast<std::uint16_t>(down ? g.in.h() : g.in.w())},
          in_row{static_cast<std::uint16_t>(down ? g.in.c() : g.in.w() * g.in.c())},
          in_pixel{static_cast<std::uint16_t>(down ? g.in.w() * g.in.c() : g.in.c())},
          out_rows{static_cast<std::uint16_t>(down ? g.out.w() : g.out.h())},
          out_columns{static_cast<std::uint16_t>(down ? g.out.h() : g.out.w())},
          out_row{static_cast<std::uint16_t>(down ? g.out.c() : g.out.w() * g.out.c())},
          out_pixel{static_cast<std::uint16_t>(down ? g.out.w() * g.out.c() : g.out.c())},
          all_rows{static_cast<std::uint16_t>(down ? g.out.w() : g.all_rows().count)},
          filter_row{static_cast<std::uint16_t>(down ? g.in.c() : 3 * g.in.c())},
          top{static_cast<std::uint8_t>(down ? g.pad_left : g.pad_top)},
          left{static_cast<std::uint8_t>(down ? g.pad_top : g.pad_left)} {}

    /// Whether a geometry's numbers are small enough.
    static constexpr bool holds(depthwise_conv2d_geometry const& g) {
        constexpr int most = std::numeric_limits<std::uint16_t>::max();
        return g.in.w() * g.in.c() <= most && g.out.w() * g.out.c() <= most && 3 * g.in.c() <= most && g.in.h() <= most && g.all_rows().count <= most;
    }
};

/// Whether the kernel makes depthwise convolutions of this geometry.
constexpr bool makes_columns(depthwise_conv2d_geometry const& g) {
    return g.filter.h() == 3 && g.filter.w() == 3 && g.dilation_h == 1 && g.dilation_w == 1 && g.multiplier() == 1 && g.in.c() >= 4 &&
           g.stride_h == g.stride_w && g.stride_h <= 2 && g.pad_top <= 1 && g.pad_left <= 1 && column_geometry::holds(g);
}

/// Columns of the image that the windows of a row of results read, and one more that surplus results read.
constexpr int columns_read(int results, int stride) { return (results + results % 2 - 1) * stride + 3; }

/// Scratch: for each column read four channels of two pairs of rows; the weights and constants of four channels.
inline constexpr int column_words = 8;
inline constexpr int channel_words = 10;

/// Whether results may be stored over their own pixels: what windows read again is kept in scratch.
constexpr bool fits_over_input(depthwise_conv2d_geometry const& g, bool down) {
    bool const is_smaller = g.out.h() <= g.in.h() && g.out.w() <= g.in.w();
    return g.in.n() == 1 && is_smaller && (!down || (g.out.h() == g.in.h() && g.out.w() == g.in.w()));
}

constexpr kernel_choice column_convolution(depthwise_conv2d_geometry const& g, bool down) {
    return {.name = "dsp columns", .scratch_words = columns_read(down ? g.out.h() : g.out.w(), g.stride_w) * column_words + 4 * channel_words,
            .tile = g.out.size() / g.out.c(), .stores = fits_over_input(g, down) ? storing::planes_over_input : storing::planes};
}

/// Whether every channel of a depthwise filter [taps, channels] requantises, or is constant.
template <class Scheme>
constexpr bool depthwise_filter_fits(int taps, int channels, filter_bank<Scheme> const& plain) {
    for (int o = 0; o < channels; ++o) {
        auto const range = depthwise_range_of(plain, o, taps, channels);
        if (!is_constant(plain, o, range) && !requantises(range, factor_of(plain, o))) return false;
    }
    return true;
}

/// Packs a filter that fits into layout.bytes() bytes.
template <class Scheme>
constexpr void pack_depthwise(channel_layout const& layout, filter_bank<Scheme> const& plain, std::int8_t* table) {
    for (int o = 0; o < layout.channels; ++o) {
        auto const to = constants_of(plain, o, depthwise_range_of(plain, o, layout.taps, layout.channels));
        put_number(table + layout.start_at(o), to.start);
        put_number(table + layout.multiplier_at(o), to.factor.multiplier);
        table[layout.shift_at(o)] = static_cast<std::int8_t>(to.factor.shift);
        for (int i = o; i < layout.taps * layout.channels; i += layout.channels) table[layout.weight_at(i)] = to.has_weights ? plain.filter[i] : std::int8_t{0};
    }
}

}  // namespace inlay::dsp
