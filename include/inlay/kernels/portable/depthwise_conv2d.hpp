// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/depthwise_conv2d.hpp>

#include <algorithm>

namespace inlay {
namespace portable {

/// One sum of a depthwise convolution: output channel `o` at one position of the window, whose first tap reads input
/// row iy, column ix. Taps outside the image read the input's zero point.
template <weight_bank Bank>
constexpr auto convolve_depthwise_at(depthwise_conv2d_geometry const& g, row_view<activation_of<Bank> const> in, Bank const& bank, int n,
                                     int iy, int ix, int c, int o) {
    int tap = o;
    auto sum = bank.start(o);
    for (int fy = 0; fy < g.filter.h(); ++fy) {
        int const y = iy + fy * g.dilation_h;
        bool const inside_y = y >= 0 && y < g.in.h();
        auto const* row = inside_y ? in[n * g.in.h() + y] : nullptr;
        for (int fx = 0; fx < g.filter.w(); ++fx, tap += g.out.c()) {
            int const x = ix + fx * g.dilation_w;
            if (inside_y && x >= 0 && x < g.in.w()) {
                sum += row[x * g.in.c() + c] * bank.weight(tap);
            } else {
                sum += static_cast<accumulator_of<Bank>>(bank.input_zero_point) * bank.weight(tap);
            }
        }
    }
    return sum;
}

template <weight_bank Bank, class Geometry>
constexpr void convolve_depthwise_rows(Geometry const& geometry, rows made, row_view<activation_of<Bank>> out,
                                       row_view<activation_of<Bank> const> in, Bank const& bank) {
    depthwise_conv2d_geometry const& g = value_of(geometry);
    int const multiplier = g.multiplier();
    for (int i = 0; i < made.count; ++i) {
        int const row = made.row(i);
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        for (int j = 0; j < made.columns_of(g.out.w()); ++j) {
            int const x = made.column(j, g.out.w());
            auto* result = out[row] + x * g.out.c();
            int const ix = (made.left + x) * g.stride_w - g.pad_left;
            int o = 0;
            for (int c = 0; c < g.in.c(); ++c) {
                for (int m = 0; m < multiplier; ++m, ++o) {
                    *result++ = bank.finish(convolve_depthwise_at(g, in, bank, n, iy, ix, c, o), o);
                }
            }
        }
    }
}

/// The same over the input itself, channel by channel. A result is stored once no later one of its channel reads what it
/// overwrites; until then it waits in `waiting`, a ring of in_place_scratch(g) elements.
template <weight_bank Bank>
constexpr void convolve_depthwise_over_input(depthwise_conv2d_geometry const& g, activation_of<Bank>* image, Bank const& bank,
                                             activation_of<Bank>* waiting) {
    int const held = in_place_scratch(g);
    int const channels = g.in.c();
    row_view<activation_of<Bank> const> const in{image, g.in.w() * channels};
    for (int c = 0; c < channels; ++c) {
        auto* result = image + c;
        int slot = 0;
        int made = 0;
        for (int y = 0; y < g.out.h(); ++y) {
            for (int x = 0; x < g.out.w(); ++x, ++made) {
                auto const value = bank.finish(convolve_depthwise_at(g, in, bank, 0, y * g.stride_h - g.pad_top,
                                                                     x * g.stride_w - g.pad_left, c, c), c);
                if (held == 0) {
                    *result = value;
                    result += channels;
                    continue;
                }
                if (made >= held) {
                    *result = waiting[slot];
                    result += channels;
                }
                waiting[slot] = value;
                slot = slot + 1 == held ? 0 : slot + 1;
            }
        }
        int const left = std::min(made, held);
        if (made < held) slot = 0;
        for (int i = 0; i < left; ++i, result += channels) {
            *result = waiting[slot];
            slot = slot + 1 == held ? 0 : slot + 1;
        }
    }
}

}  // namespace portable

/// Depthwise 2-D convolution of one image with multiplier 1, whose result overwrites the input.
///   waiting   in_place_scratch(geometry) elements
template <weight_bank Bank>
constexpr void convolve_depthwise_in_place(isa::portable, depthwise_conv2d_geometry const& geometry, activation_of<Bank>* image,
                                           Bank const& bank, activation_of<Bank>* waiting) {
    portable::convolve_depthwise_over_input(geometry, image, bank, waiting);
}

/// Depthwise 2-D convolution: makes a run of output rows.
template <weight_bank Bank>
constexpr void convolve_depthwise(isa::portable, depthwise_conv2d_geometry const& geometry, rows made, row_view<activation_of<Bank>> out,
                                  row_view<activation_of<Bank> const> in, Bank const& bank) {
    portable::convolve_depthwise_rows(geometry, made, out, in, bank);
}

template <weight_bank Bank, auto Geometry>
constexpr void convolve_depthwise(isa::portable, constant<Geometry, policy::speed> geometry, rows made, row_view<activation_of<Bank>> out,
                                  row_view<activation_of<Bank> const> in, Bank const& bank) {
    portable::convolve_depthwise_rows(geometry, made, out, in, bank);
}

}  // namespace inlay
