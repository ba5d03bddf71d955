// SPDX-License-Identifier: MIT
//
// Depthwise convolution of any window, stride, dilation and multiplier: some neighbouring output channels of a pixel at a time, as
// they lie in the filter. An instruction set gives the lanes, which hold the sums of these channels:
//
//     Lanes(bank, o, count)      their starts; `count` channels from o on, at most Lanes::width
//     add(pixel, weights)        one tap, each channel with an input of its own
//     add_same(x, weights)       one tap, all channels with the same input
//     store(to)                  their results
//     Lanes::rest                lanes for fewer channels than `width`; Lanes itself if it takes any count
//
// Sums are those of the portable kernel; how they are requantised is the family's.
#pragma once

#include <inlay/kernels/channel_bank.hpp>
#include <inlay/kernels/depthwise_conv2d.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::channels {

/// The bank with nothing but the tables of the operator, for kernels that are exact for all sums.
template <quantisation_scheme Scheme>
struct plain_bank : filter_bank<Scheme> {
    constexpr std::int8_t const* weights() const { return this->filter; }
};

/// For reports.
template <class Isa>
inline constexpr char const* kernel_name = nullptr;
template <>
inline constexpr char const* kernel_name<isa::thumb1> = "m0 channels";
template <>
inline constexpr char const* kernel_name<isa::armv7m> = "m3 channels";
template <>
inline constexpr char const* kernel_name<isa::arm_dsp> = "dsp channels";
template <>
inline constexpr char const* kernel_name<isa::arm_mve> = "mve channels";

/// Each element is stored once its group of channels is known; with multiplier 1 every channel reads only itself.
template <class Isa>
constexpr kernel_choice lane_convolution(depthwise_conv2d_geometry const& g) {
    return {.name = kernel_name<Isa>, .stores = g.multiplier() == 1 ? storing::channels : storing::elements};
}

/// Results of `count` output channels of a pixel, from o on; the first reads input channel c, and so do all if `Same`.
template <class Lanes, bool Same, class Geometry, class Bank>
inline void convolve_lanes(Geometry const& geometry, row_view<std::int8_t const> in, Bank const& bank, int n, int iy, int ix, inside_taps const& high,
                           inside_taps const& wide, int c, int o, int count, std::int8_t* result) {
    depthwise_conv2d_geometry const& g = value_of(geometry);
    Lanes sums{bank, o, count};
    int const depth = g.out.c();
    int const pixel_step = g.dilation_w * g.in.c();
    auto const add = [&](std::int8_t const* pixel, std::int8_t const* weights) {
        if constexpr (Same) {
            sums.add_same(*pixel, weights);
        } else {
            sums.add(pixel, weights);
        }
    };
    int const taps_w = g.filter.w();
    for (int fy = high.first; fy < high.end; ++fy) {
        auto const* pixel = in[n * g.in.h() + iy + fy * g.dilation_h] + (ix + wide.first * g.dilation_w) * g.in.c() + c;
        auto const* weights = bank.weights() + (fy * taps_w + wide.first) * depth + o;
        if (wide.end - wide.first == taps_w) {
#pragma GCC unroll 8
            for (int fx = 0; fx < taps_w; ++fx) add(pixel + fx * pixel_step, weights + fx * depth);
        } else {
            for (auto const* const end = weights + (wide.end - wide.first) * depth; weights != end; weights += depth, pixel += pixel_step) add(pixel, weights);
        }
    }
    bool const is_cut = wide.end - wide.first < taps_w || high.end - high.first < g.filter.h();
    if (is_cut && bank.input_zero_point != 0) {
        auto const* weights = bank.weights() + o;
        auto const add_outside = [&](int taps) {
            for (auto const* const end = weights + taps * depth; weights != end; weights += depth) sums.add_same(bank.input_zero_point, weights);
        };
        for (int fy = 0; fy < g.filter.h(); ++fy) {
            bool const inside = fy >= high.first && fy < high.end;
            add_outside(inside ? wide.first : taps_w);
            if (!inside) continue;
            weights += (wide.end - wide.first) * depth;
            add_outside(taps_w - wide.end);
        }
    }
    sums.store(result);
}

/// Results of `count` output channels of a pixel, from o on.
template <class Lanes, bool Same, class Geometry, class Bank>
inline void convolve_pixel(Geometry const& geometry, row_view<std::int8_t const> in, Bank const& bank, int n, int iy, int ix, inside_taps const& high,
                           inside_taps const& wide, int c, int o, int count, std::int8_t* result) {
    using rest = typename Lanes::rest;
    int const whole = count / Lanes::width * Lanes::width;
    for (int i = 0; i < whole; i += Lanes::width) {
        convolve_lanes<Lanes, Same>(geometry, in, bank, n, iy, ix, high, wide, Same ? c : c + i, o + i, Lanes::width, result + i);
    }
    for (int i = whole; i < count; i += rest::width) {
        convolve_lanes<rest, Same>(geometry, in, bank, n, iy, ix, high, wide, Same ? c : c + i, o + i, std::min(count - i, rest::width), result + i);
    }
}

/// Makes a run of output rows.
template <class Lanes, class Geometry, class Bank>
inline void convolve_rows(Geometry const& geometry, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, Bank const& bank) {
    depthwise_conv2d_geometry const& g = value_of(geometry);
    int const multiplier = g.multiplier();
    for (int i = 0; i < made.count; ++i) {
        int const row = made.row(i);
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        inside_taps const high{iy, g.dilation_h, g.filter.h(), g.in.h()};
        for (int j = 0; j < made.columns_of(g.out.w()); ++j) {
            int const x = made.column(j, g.out.w());
            auto* const result = out[row] + x * g.out.c();
            int const ix = (made.left + x) * g.stride_w - g.pad_left;
            inside_taps const wide{ix, g.dilation_w, g.filter.w(), g.in.w()};
            if (multiplier == 1) {
                convolve_pixel<Lanes, false>(geometry, in, bank, n, iy, ix, high, wide, 0, 0, g.in.c(), result);
                continue;
            }
            for (int c = 0; c < g.in.c(); ++c) {
                convolve_pixel<Lanes, true>(geometry, in, bank, n, iy, ix, high, wide, c, c * multiplier, multiplier, result + c * multiplier);
            }
        }
    }
}

/// Lanes in plain C++, which suit cores that multiply one pair of numbers at a time.
///   Requantise   makes a result of a sum; bank.requantiser<Requantise>(o) makes one for a channel
template <class Bank, class Requantise, int Width>
class scalar_lanes {
public:
    static constexpr int width = Width;
    using rest = scalar_lanes<Bank, Requantise, 1>;

    scalar_lanes(Bank const& bank, int o, int) : bank_{bank}, o_{o} {
#pragma GCC unroll 4
        for (int i = 0; i < Width; ++i) sums_[i] = start_of(bank, o + i);
    }
    void add(std::int8_t const* pixel, std::int8_t const* weights) {
#pragma GCC unroll 4
        for (int i = 0; i < Width; ++i) sums_[i] += pixel[i] * weights[i];
    }
    void add_same(int x, std::int8_t const* weights) {
#pragma GCC unroll 4
        for (int i = 0; i < Width; ++i) sums_[i] += x * weights[i];
    }
    void store(std::int8_t* to) const {
#pragma GCC unroll 4
        for (int i = 0; i < Width; ++i) to[i] = bank_.template requantiser<Requantise>(o_ + i)(sums_[i]);
    }

private:
    Bank const& bank_;
    int o_;
    std::int32_t sums_[static_cast<unsigned>(Width)];
};

}  // namespace inlay::channels
