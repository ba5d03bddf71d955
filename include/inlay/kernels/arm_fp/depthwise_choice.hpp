// SPDX-License-Identifier: MIT
//
// Which float depthwise convolutions the kernels make.
#pragma once

#include <inlay/kernels/arm_fp/float_filter.hpp>
#include <inlay/kernels/depthwise_conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>

#include <algorithm>

namespace inlay::fp {

/// The taps of a window in a row of the image; ways in bytes.
struct row_taps {
    int first;     ///< from the row's begin to the first tap
    int columns;   ///< of taps; none if the window lies outside
    int next_row;  ///< from a row's last weights to the next row's first
};

/// Pixels side by side in a row of the result whose windows have the same taps in the image.
struct tap_run {
    row_taps row;  ///< of the first pixel
    int skipped;   ///< weights in a row before those of the taps
    int pixels;
};

/// Taps of a window that lie in an image, on one axis; the window begins `before` the image.
struct taps_inside {
    int first;
    int count;

    constexpr taps_inside(int before, int taps, int dilation, int extent)
        : first{before > 0 ? (before + dilation - 1) / dilation : 0},
          count{std::max(std::min(taps, (extent + before + dilation - 1) / dilation) - first, 0)} {}
};

/// The runs of a row, as many as there are; `runs` takes the first `most` of them.
constexpr int find_runs(depthwise_conv2d_geometry const& g, tap_run* runs, int most) {
    int count = 0;
    bool was_inside = false;
    for (int x = 0; x < g.out.w(); ++x) {
        int const ix = x * g.stride_w - g.pad_left;
        taps_inside const taps{-ix, g.filter.w(), g.dilation_w, g.in.w()};
        bool const inside = taps.count == g.filter.w();
        if (inside && was_inside) {
            if (count <= most) ++runs[count - 1].pixels;
            continue;
        }
        if (count < most) {
            int const channels = g.in.c();
            runs[count] = {{(ix + taps.first * g.dilation_w) * channels * 4, taps.count, (g.filter.w() - taps.count) * channels * 4}, taps.first * channels, 1};
        }
        ++count;
        was_inside = inside;
    }
    return count;
}

inline constexpr int most_runs = 16;
inline constexpr int most_filter_rows = 16;

/// Whether the kernel makes depthwise convolutions of this geometry.
constexpr bool makes_groups(depthwise_conv2d_geometry const& g) {
    return g.multiplier() == 1 && g.out.c() >= 4 && g.filter.h() <= most_filter_rows && find_runs(g, nullptr, 0) <= most_runs;
}

/// Channels that are made together: 16, 8 or 4, whichever takes fewest instructions.
constexpr int group_channels(int channels) {
    if (channels < 8) return 4;
    constexpr int cost_of_16 = 25;
    constexpr int cost_of_8 = 15;
    return channels >= 16 && (channels + 15) / 16 * cost_of_16 <= (channels + 7) / 8 * cost_of_8 ? 16 : 8;
}

/// Whether the kernel can make the result over the input, group by group. If not all groups are whole, the last one reaches back
/// into the one before it, and reads again what that has read.
constexpr bool fits_over_input(depthwise_conv2d_geometry const& g) { return fits_in_place(g) && g.out.c() % group_channels(g.out.c()) == 0; }

/// Rows of the result that wait over the input until what lies under them has been read, and the one that is being made.
constexpr int waiting_rows(depthwise_conv2d_geometry const& g) {
    int most = 0;
    for (int made = 1; made < g.out.h(); ++made) {
        int const read = std::max(std::min(made * g.stride_h - g.pad_top, g.in.h()), 0);
        most = std::max(most, made - read * g.in.w() / g.out.w());
    }
    return most + 1;
}

/// Scratch: rows that wait. Otherwise groups are made in turn within a row.
constexpr kernel_choice group_convolution(depthwise_conv2d_geometry const& g) {
    bool const over_input = fits_over_input(g);
    return {.name = "float groups", .scratch_words = over_input ? waiting_rows(g) * g.out.w() * group_channels(g.out.c()) : 0, .tile = g.out.w(),
            .stores = over_input ? storing::elements_over_input : storing::elements};
}

}  // namespace inlay::fp
