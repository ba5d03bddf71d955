// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/conv2d.hpp>

namespace inlay {
namespace portable {

/// One sum of a convolution: filter `o` at one position of the window, whose first tap reads input row iy, column ix.
/// Taps outside the image read the input's zero point.
template <weight_bank Bank>
constexpr auto convolve_at(conv2d_geometry const& g, row_view<activation_of<Bank> const> in, Bank const& bank, int n, int iy, int ix, int o) {
    int const depth = g.filter.c();
    int const first_channel = o / (g.out.c() / g.groups()) * depth;
    int tap = o * g.filter.h() * g.filter.w() * depth;
    auto sum = bank.start(o);
    for (int fy = 0; fy < g.filter.h(); ++fy) {
        int const y = iy + fy * g.dilation_h;
        bool const inside_y = y >= 0 && y < g.in.h();
        for (int fx = 0; fx < g.filter.w(); ++fx, tap += depth) {
            int const x = ix + fx * g.dilation_w;
            if (inside_y && x >= 0 && x < g.in.w()) {
                auto const* pixel = in[n * g.in.h() + y] + x * g.in.c() + first_channel;
                for (int c = 0; c < depth; ++c) sum += pixel[c] * bank.weight(tap + c);
            } else if (bank.input_zero_point != 0) {
                for (int c = 0; c < depth; ++c) sum += static_cast<accumulator_of<Bank>>(bank.input_zero_point) * bank.weight(tap + c);
            }
        }
    }
    return sum;
}

template <weight_bank Bank, class Geometry>
constexpr void convolve_rows(Geometry const& geometry, rows made, row_view<activation_of<Bank>> out,
                             row_view<activation_of<Bank> const> in, Bank const& bank) {
    conv2d_geometry const& g = value_of(geometry);
    for (int i = 0; i < made.count; ++i) {
        int const row = made.row(i);
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        for (int j = 0; j < made.columns_of(g.out.w()); ++j) {
            int const x = made.column(j, g.out.w());
            auto* result = out[row] + x * g.out.c();
            int const ix = (made.left + x) * g.stride_w - g.pad_left;
            for (int o = 0; o < g.out.c(); ++o) *result++ = bank.finish(convolve_at(g, in, bank, n, iy, ix, o), o);
        }
    }
}

}  // namespace portable

/// 2-D convolution: makes a run of output rows.
template <weight_bank Bank>
constexpr void convolve(isa::portable, conv2d_geometry const& geometry, rows made, row_view<activation_of<Bank>> out,
                        row_view<activation_of<Bank> const> in, Bank const& bank) {
    portable::convolve_rows(geometry, made, out, in, bank);
}

template <weight_bank Bank, auto Geometry>
constexpr void convolve(isa::portable, constant<Geometry, policy::speed> geometry, rows made, row_view<activation_of<Bank>> out,
                        row_view<activation_of<Bank> const> in, Bank const& bank) {
    portable::convolve_rows(geometry, made, out, in, bank);
}

}  // namespace inlay
