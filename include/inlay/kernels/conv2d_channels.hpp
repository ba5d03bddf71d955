// SPDX-License-Identifier: MIT
//
// Convolution of any window, with groups and dilation: four output channels of a pixel at a time, which share the walk over the
// window and each input. It takes what the kernels that copy windows leave: groups, and columns of the window that lie apart.
#pragma once

#include <inlay/kernels/channel_bank.hpp>
#include <inlay/kernels/conv2d.hpp>

namespace inlay::channels {

/// For reports.
template <class Isa>
inline constexpr char const* filter_kernel_name = nullptr;
template <>
inline constexpr char const* filter_kernel_name<isa::thumb1> = "m0 filters";
template <>
inline constexpr char const* filter_kernel_name<isa::armv7m> = "m3 filters";

/// Each element is stored once its group of channels is known.
template <class Isa>
constexpr kernel_choice filter_convolution() {
    return {.name = filter_kernel_name<Isa>, .stores = storing::elements};
}

/// Results of `Count` output channels of one group, from o on, whose input channels begin at `first_channel`.
template <int Count, class Requantise, class Geometry, class Bank>
inline void convolve_filters(Geometry const& geometry, row_view<std::int8_t const> in, Bank const& bank, int n, int iy, int ix, inside_taps const& high,
                             inside_taps const& wide, int first_channel, int o, std::int8_t* result) {
    conv2d_geometry const& g = value_of(geometry);
    int const depth = g.filter.c();
    int const taps = g.filter.h() * g.filter.w() * depth;
    std::int32_t sums[static_cast<unsigned>(Count)];
#pragma GCC unroll 4
    for (int i = 0; i < Count; ++i) sums[i] = start_of(bank, o + i);
    auto const* weights = bank.weights() + o * taps;
    auto const add = [&](int x) {
#pragma GCC unroll 4
        for (int i = 0; i < Count; ++i) sums[i] += x * weights[i * taps];
        ++weights;
    };
    auto const add_outside = [&](int columns) {
        auto const* const end = weights + columns * depth;
        if (bank.input_zero_point == 0) weights = end;
        while (weights != end) add(bank.input_zero_point);
    };
    for (int fy = 0; fy < g.filter.h(); ++fy) {
        if (fy < high.first || fy >= high.end) {
            add_outside(g.filter.w());
            continue;
        }
        add_outside(wide.first);
        auto const* pixel = in[n * g.in.h() + iy + fy * g.dilation_h] + (ix + wide.first * g.dilation_w) * g.in.c() + first_channel;
        for (int fx = wide.first; fx < wide.end; ++fx, pixel += g.dilation_w * g.in.c()) {
            for (int c = 0; c < depth; ++c) add(pixel[c]);
        }
        add_outside(g.filter.w() - wide.end);
    }
#pragma GCC unroll 4
    for (int i = 0; i < Count; ++i) result[i] = bank.template requantiser<Requantise>(o + i)(sums[i]);
}

/// Makes a run of output rows.
template <class Requantise, class Geometry, class Bank>
inline void convolve_filter_rows(Geometry const& geometry, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, Bank const& bank) {
    conv2d_geometry const& g = value_of(geometry);
    int const of_group = g.out.c() / g.groups();
    int const whole = of_group / 4 * 4;
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
            for (int group = 0; group < g.groups(); ++group) {
                int const c = group * g.filter.c();
                int const first = group * of_group;
                for (int o = first; o < first + whole; o += 4) {
                    convolve_filters<4, Requantise>(geometry, in, bank, n, iy, ix, high, wide, c, o, result + o);
                }
                for (int o = first + whole; o < first + of_group; ++o) {
                    convolve_filters<1, Requantise>(geometry, in, bank, n, iy, ix, high, wide, c, o, result + o);
                }
            }
        }
    }
}

}  // namespace inlay::channels
