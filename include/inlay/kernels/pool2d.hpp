// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>
#include <inlay/core/constant.hpp>
#include <inlay/core/rows.hpp>
#include <inlay/core/scheme.hpp>
#include <inlay/core/shape.hpp>
#include <inlay/core/window.hpp>
#include <inlay/kernels/overlap.hpp>
#include <inlay/kernels/window_reading.hpp>

namespace inlay {

/// Of average_pool2d and max_pool2d.
struct pool2d_options {
    int filter_h = 1;
    int filter_w = 1;
    int stride_h = 1;
    int stride_w = 1;
    inlay::padding padding = padding::valid;
    activation_function activation = activation_function::none;
    affine output = {};  ///< quantisation of the result; scale and zero point are the input's

    friend constexpr bool operator==(pool2d_options const&, pool2d_options const&) = default;
};

/// The sizes of a pooling: every channel by itself, taps outside the image left out.
struct pool2d_geometry {
    shape in;   ///< [N, H, W, C]
    shape out;  ///< [N, H', W', C]
    int filter_h;
    int filter_w;
    int stride_h;
    int stride_w;
    int pad_top;
    int pad_left;

    constexpr rows all_rows(traversal order = traversal::forward) const { return rows_in_order(out.n() * out.h(), order); }
};

/// The geometry of a pooling of an image [N, H, W, C].
constexpr pool2d_geometry make_pool2d_geometry(shape const& in, pool2d_options const& options) {
    auto const y = slide_rows(in.h(), options.filter_h, options.stride_h, 1, options.padding);
    auto const x = slide_columns(in.w(), options.filter_w, options.stride_w, 1, options.padding);
    return {.in = in,
            .out = shape{in.n(), y.positions, x.positions, in.c()},
            .filter_h = options.filter_h,
            .filter_w = options.filter_w,
            .stride_h = options.stride_h,
            .stride_w = options.stride_w,
            .pad_top = y.before,
            .pad_left = x.before};
}

/// What average pooling reads: sums over the whole image, if the window is as large.
constexpr window_reading average_reading_of(pool2d_geometry const& g) {
    if (covers_image(g, g.filter_h, g.filter_w)) return {window_reading::everything};
    return sliding_reading(g, g.filter_h, g.filter_w);
}

/// How the result may lie over the input.
///   element   bytes
constexpr overlap_rule overlap_of(pool2d_geometry const& g, int element, traversal order) {
    return window_overlap(make_walk(g, element), g.filter_h, g.filter_w, order, storing::channels);
}

/// Whether every position of the window has a tap inside the image, so that it has an average and a maximum.
constexpr bool windows_touch_image(pool2d_options const& options) {
    auto const& pad = options.padding;
    return pad.mode != padding::kind::given || (pad.top < options.filter_h && pad.bottom < options.filter_h &&
                                                pad.left < options.filter_w && pad.right < options.filter_w);
}

}  // namespace inlay

#include <inlay/kernels/portable/pool2d.hpp>  // IWYU pragma: export
