// SPDX-License-Identifier: MIT
//
// Float convolution: the windows of four output pixels are copied into scratch, which deals with borders and strides, and lets
// the result lie over the input; then four output channels are made after the other (blocks.hpp). Pixels that are left at a
// row's end are made one by one.
#pragma once

#include <inlay/kernels/arm_fp/blocks.hpp>
#include <inlay/kernels/arm_fp/conv2d_choice.hpp>

#include <algorithm>

namespace inlay::fp {

/// Copies the window of one pixel, whose first tap reads input row iy of image n, column ix.
[[gnu::noinline]] inline void copy_window(conv2d_geometry const& g, row_view<float const> in, int n, int iy, int ix, float* to) {
    int const channels = g.in.c();
    int const taps = g.filter.w() * channels;
    if (in.ring == 0 && ix >= 0 && iy >= 0 && ix + g.filter.w() <= g.in.w() && iy + reach_h(g) <= g.in.h()) {
        copy_runs(to, 0, in[n * g.in.h() + iy] + ix * channels, (g.dilation_h * in.pitch - taps) * 4, taps, g.filter.h());
        return;
    }
    int const left = std::min(std::max(-ix, 0), g.filter.w()) * channels;
    int const end = std::max(std::min(g.in.w() - ix, g.filter.w()) * channels, left);
    for (int fy = 0; fy < g.filter.h(); ++fy, iy += g.dilation_h, to += taps) {
        if (iy < 0 || iy >= g.in.h()) {
            clear(to, taps);
            continue;
        }
        if (left > 0) clear(to, left);
        if (left < end) copy(to + left, in[n * g.in.h() + iy] + (ix * channels + left), end - left);
        if (end < taps) clear(to + end, taps - end);
    }
}

template <class Machine, class Bank>
[[gnu::noinline]] void convolve_rows(conv2d_geometry const& g, rows made, row_view<float> out, row_view<float const> in, Bank const& bank, float* copies) {
    int const taps = bank.layout.taps;
    int const channels = g.out.c();
    // The rows of a pointwise convolution are one where they lie one after the other.
    bool const pointwise = g.filter.h() == 1 && g.filter.w() == 1 && g.stride_h == 1 && g.stride_w == 1 && g.out.w() == g.in.w() && g.out.h() == g.in.h();
    bool const one_row = pointwise && out.ring == 0 && in.ring == 0 && out.pitch == g.out.w() * channels && in.pitch == g.in.w() * taps;
    int const width = one_row ? made.count * g.out.w() : g.out.w();
    for (int row = made.first; row < made.first + made.count; row += one_row ? made.count : 1) {
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        auto* to = out[row];
        for (int x = 0; x < width;) {
            int const pixels = width - x >= block_pixels ? block_pixels : 1;
            if (pointwise) {
                copy(copies, in[row] + x * taps, pixels * taps);
            } else {
                for (int p = 0; p < pixels; ++p) copy_window(g, in, n, iy, (x + p) * g.stride_w - g.pad_left, copies + p * taps);
            }
            if (pixels == block_pixels) {
                make_pixels<Machine, block_pixels>(bank, copies, taps, to);
            } else {
                make_pixels<Machine, 1>(bank, copies, taps, to);
            }
            x += pixels;
            to += pixels * channels;
        }
    }
}

}  // namespace inlay::fp
