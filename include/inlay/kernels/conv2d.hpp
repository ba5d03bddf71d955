// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>
#include <inlay/core/constant.hpp>
#include <inlay/core/rows.hpp>
#include <inlay/core/shape.hpp>
#include <inlay/core/window.hpp>
#include <inlay/kernels/filter_bank.hpp>
#include <inlay/kernels/kernel_choice.hpp>
#include <inlay/kernels/overlap.hpp>
#include <inlay/kernels/window_reading.hpp>

#include <cstdint>

namespace inlay {

struct conv2d_options {
    int stride_h = 1;
    int stride_w = 1;
    int dilation_h = 1;
    int dilation_w = 1;
    inlay::padding padding = padding::valid;
    activation_function activation = activation_function::none;
    int groups = 1;
    affine output = {};  ///< quantisation of the result

    friend constexpr bool operator==(conv2d_options const&, conv2d_options const&) = default;
};

/// The sizes of a convolution: filter OHWI, and how the window moves.
struct conv2d_geometry {
    shape in;      ///< [N, H, W, C]
    shape out;     ///< [N, H', W', O]
    shape filter;  ///< [O, FH, FW, C / groups]
    int stride_h;
    int stride_w;
    int dilation_h;
    int dilation_w;
    int pad_top;
    int pad_left;

    constexpr int groups() const { return in.c() / filter.c(); }
    constexpr rows all_rows(traversal order = traversal::forward) const { return rows_in_order(out.n() * out.h(), order); }
    constexpr std::int64_t macs() const { return std::int64_t{out.size()} * filter.h() * filter.w() * filter.c(); }
};

/// The geometry of a convolution of an image [N, H, W, C] with a filter [O, FH, FW, C / groups].
constexpr conv2d_geometry make_conv2d_geometry(shape const& in, shape const& filter, conv2d_options const& options) {
    auto const y = slide_rows(in.h(), filter.h(), options.stride_h, options.dilation_h, options.padding);
    auto const x = slide_columns(in.w(), filter.w(), options.stride_w, options.dilation_w, options.padding);
    return {.in = in,
            .out = shape{in.n(), y.positions, x.positions, filter.n()},
            .filter = filter,
            .stride_h = options.stride_h,
            .stride_w = options.stride_w,
            .dilation_h = options.dilation_h,
            .dilation_w = options.dilation_w,
            .pad_top = y.before,
            .pad_left = x.before};
}

/// Input pixels that the filter spans.
constexpr int reach_h(conv2d_geometry const& g) { return (g.filter.h() - 1) * g.dilation_h + 1; }
constexpr int reach_w(conv2d_geometry const& g) { return (g.filter.w() - 1) * g.dilation_w + 1; }

/// What the kernel reads: sums over the whole image, if the filter is as large.
constexpr window_reading reading_of(conv2d_geometry const& g) {
    bool const is_sum = covers_image(g, reach_h(g), reach_w(g)) && g.filter.h() == g.in.h() && g.filter.w() == g.in.w() && g.groups() == 1;
    if (is_sum) return {window_reading::everything};
    return sliding_reading(g, reach_h(g), reach_w(g));
}

/// The geometry of a 1x1 convolution with stride 1 for `count` pixels that follow one another.
constexpr conv2d_geometry geometry_of_pixels(conv2d_geometry g, int count) {
    g.in = shape{1, 1, count, g.in.c()};
    g.out = shape{1, 1, count, g.out.c()};
    return g;
}

/// How the result may lie over the input, for a kernel that stores in this way.
///   element   bytes
constexpr overlap_rule overlap_of(conv2d_geometry const& g, int element, traversal order, storing stores = storing::elements) {
    return window_overlap(make_walk(g, element), reach_h(g), reach_w(g), order, stores);
}

/// The same for a kernel that was chosen; one that is not portable knows only forward.
constexpr overlap_rule overlap_of(conv2d_geometry const& g, int element, traversal order, kernel_choice const& kernel) {
    if (kernel.is_portable()) return overlap_of(g, element, order);
    if (order != traversal::forward) return nowhere;
    return window_overlap(make_walk(g, element), reach_h(g), reach_w(g), order, kernel.stores, kernel.tile);
}

}  // namespace inlay

#include <inlay/kernels/portable/conv2d.hpp>  // IWYU pragma: export
