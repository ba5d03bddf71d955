// SPDX-License-Identifier: MIT
//
// Depthwise convolution 3x3 with two rows of the result in a word. Of one channel, the words of a column of the image are
//
//     x(r) + 65536 * x(r + stride)        r = the first input row of the upper result, the next, and the one after it
//
// so that nine multiplications make a result of both rows. A column of the filter is a chunk (twin_filter.hpp). What is too
// much for a chunk is a column once more.
#pragma once

#include <inlay/kernels/depthwise_conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>
#include <inlay/kernels/twin/twin_filter.hpp>

#include <cstdint>

namespace inlay::twin {

/// Taps of a column, and of the filter.
inline constexpr int column_taps = 3;
inline constexpr int plane_taps = 9;

/// What is left of the weights of a column that could overflow.
struct extra_column {
    std::int8_t column;
    std::int8_t weights[column_taps];
};

/// The bank of a depthwise filter: [channels, W, H], and what was split off.
template <quantisation_scheme Scheme, class Isa, class Finishing>
struct plane_bank {
    using scheme = Scheme;
    using finishing = Finishing;

    std::int8_t const* filter;
    channel<Isa> const* channels;
    extra_column const* extras;
    int channel_count;
    int input_zero_point;
    int8_range_kept kept;

    constexpr std::int32_t start(int o) const { return channels[o].start; }
    constexpr std::int32_t weight(int index) const {
        int const o = index % channel_count;
        int const fx = index / channel_count % 3;
        int const fy = index / channel_count / 3;
        std::int32_t sum = filter[o * plane_taps + fx * column_taps + fy];
        for (int e = o == 0 ? 0 : channels[o - 1].extras_end; e < channels[o].extras_end; ++e) sum += extras[e].column == fx ? extras[e].weights[fy] : 0;
        return sum;
    }
    constexpr std::int8_t finish(std::int32_t sum, int o) const { return channels[o].finish(sum, kept); }
    /// Whether the kernel is exact for all sums of a channel: those of a column, of what was split off it, and of all.
    constexpr bool proves(int o) const {
        for (int fx = 0; fx < 3; ++fx) {
            if (!column_fits(filter + o * plane_taps + fx * column_taps)) return false;
        }
        for (int e = o == 0 ? 0 : channels[o - 1].extras_end; e < channels[o].extras_end; ++e) {
            if (!column_fits(extras[e].weights)) return false;
        }
        return stay_below(channel<Isa>::sum_limit, start(o), plane_taps, [&] { return totals_of(*this, o, plane_taps, channel_count); });
    }

private:
    static constexpr bool column_fits(std::int8_t const* weights) {
        std::int16_t const column[column_taps] = {weights[0], weights[1], weights[2]};
        return chunk_fits(column, column_taps);
    }
};

/// Whether the kernels make depthwise convolutions of this geometry.
constexpr bool makes_planes(depthwise_conv2d_geometry const& g) {
    return g.filter.h() == 3 && g.filter.w() == 3 && g.dilation_h == 1 && g.dilation_w == 1 && g.multiplier() == 1 && g.stride_h == g.stride_w &&
           g.stride_h <= 2 && g.pad_top <= 1 && g.pad_left <= 1;
}

/// Columns of the image that the windows of a row of results read.
constexpr int columns_read(depthwise_conv2d_geometry const& g) { return (g.out.w() - 1) * g.stride_w + 3; }

/// Whether a window of two rows of results, the second of which may be missing, may reach over the upper or lower border.
constexpr bool reads_outer_rows(depthwise_conv2d_geometry const& g) {
    return g.pad_top > 0 || g.out.h() * g.stride_h + 3 - g.pad_top > g.in.h();
}

/// Scratch: the columns of a channel, a row of zeros.
template <class Isa>
constexpr kernel_choice plane_convolution(depthwise_conv2d_geometry const& g) {
    return {.name = channel<Isa>::plane_kernel_name,
            .scratch_words = columns_read(g) * column_taps + (reads_outer_rows(g) ? (g.in.w() * g.in.c() + 3) / 4 : 0),
            .tile = g.out.size() / g.out.c(), .stores = storing::planes};
}

template <class Isa, class Scheme>
constexpr bool planes_fit(int channels, filter_bank<Scheme> const& plain) {
    int8_range_kept const kept{plain.output};
    for (int o = 0; o < channels; ++o) {
        auto const range = depthwise_range_of(plain, o, plane_taps, channels);
        if (!is_constant(plain, o, range) && !channel<Isa>::fits(range, factor_of(plain, o), kept)) return false;
    }
    return true;
}

/// Packs a filter [3, 3, channels] that fits. `extras` has room for three for each channel; returns how many there are.
template <class Isa, class Scheme>
constexpr int pack_planes(int channels, filter_bank<Scheme> const& plain, std::int8_t* filter, channel<Isa>* to, extra_column* extras) {
    int count = 0;
    for (int o = 0; o < channels; ++o) {
        auto const range = depthwise_range_of(plain, o, plane_taps, channels);
        bool const constant = is_constant(plain, o, range);
        to[o] = constant ? channel<Isa>::make_constant(plain.finish(static_cast<std::int32_t>(range.least), o))
                         : channel<Isa>::make(plain.start(o), factor_of(plain, o), range, plain.output);
        for (int fx = 0; fx < 3; ++fx) {
            std::int16_t weights[column_taps] = {};
            for (int fy = 0; !constant && fy < 3; ++fy) weights[fy] = plain.filter[(fy * 3 + fx) * channels + o];
            extra_column rest{static_cast<std::int8_t>(fx), {}};
            bool split = false;
            split_chunk(weights, column_taps, [&](int fy, int off) {
                rest.weights[fy] = static_cast<std::int8_t>(rest.weights[fy] + off);
                split = true;
            });
            if (split) extras[count++] = rest;
            for (int fy = 0; fy < 3; ++fy) *filter++ = static_cast<std::int8_t>(weights[fy]);
        }
        to[o].extras_end = static_cast<std::uint16_t>(count);
    }
    return count;
}

}  // namespace inlay::twin
