// SPDX-License-Identifier: MIT
//
// Average pooling of floats: eight channels at a time, whose sums stay in registers. Groups do not overlap: each is read before
// it is stored, so that the result may lie over the input.
#pragma once

#include <inlay/kernels/arm_fp/pool_choice.hpp>
#include <inlay/kernels/pool_windows.hpp>

namespace inlay::fp {

/// The averages of `Channels` channels of a pixel.
template <int Channels>
inline void average_channels(float* to, window_part<float> const& window, int channel, float_output const& kept) {
    float sums[Channels] = {};
    window.each_tap(channel, [&](float const* tap) {
#pragma GCC unroll 8
        for (int c = 0; c < Channels; ++c) sums[c] += tap[c];
    });
    // Copied, as what is indexed at run time does not stay in registers.
    float made[Channels];
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c) made[c] = sums[c];
#pragma GCC unroll 1
    for (int c = 0; c < Channels; ++c) to[channel + c] = portable::keep<float>(portable::mean_of(made[c], window.count()), kept);
}

[[gnu::noinline]] inline void average_rows(pool2d_geometry const& g, rows made, row_view<float> out, row_view<float const> in, float_output const& kept) {
    each_window(g, made, out, in, [&](float* to, window_part<float> const& window) {
        int channel = 0;
        for (; channel + 8 <= g.in.c(); channel += 8) average_channels<8>(to, window, channel, kept);
        for (; channel < g.in.c(); ++channel) average_channels<1>(to, window, channel, kept);
    });
}

}  // namespace inlay::fp
