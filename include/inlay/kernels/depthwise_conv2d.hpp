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

struct depthwise_conv2d_options {
    int stride_h = 1;
    int stride_w = 1;
    int dilation_h = 1;
    int dilation_w = 1;
    inlay::padding padding = padding::valid;
    activation_function activation = activation_function::none;
    affine output = {};  ///< quantisation of the result

    friend constexpr bool operator==(depthwise_conv2d_options const&, depthwise_conv2d_options const&) = default;
};

/// The sizes of a depthwise convolution: each input channel has `multiplier` filters of its own.
struct depthwise_conv2d_geometry {
    shape in;      ///< [N, H, W, C]
    shape out;     ///< [N, H', W', C * multiplier]
    shape filter;  ///< [1, FH, FW, C * multiplier]
    int stride_h;
    int stride_w;
    int dilation_h;
    int dilation_w;
    int pad_top;
    int pad_left;

    constexpr int multiplier() const { return out.c() / in.c(); }
    constexpr rows all_rows(traversal order = traversal::forward) const { return rows_in_order(out.n() * out.h(), order); }
    constexpr std::int64_t macs() const { return std::int64_t{out.size()} * filter.h() * filter.w(); }
};

/// The geometry of a depthwise convolution of an image [N, H, W, C] with a filter [1, FH, FW, C * multiplier].
constexpr depthwise_conv2d_geometry make_depthwise_conv2d_geometry(shape const& in, shape const& filter,
                                                                   depthwise_conv2d_options const& options) {
    auto const y = slide_rows(in.h(), filter.h(), options.stride_h, options.dilation_h, options.padding);
    auto const x = slide_columns(in.w(), filter.w(), options.stride_w, options.dilation_w, options.padding);
    return {.in = in,
            .out = shape{in.n(), y.positions, x.positions, filter.c()},
            .filter = filter,
            .stride_h = options.stride_h,
            .stride_w = options.stride_w,
            .dilation_h = options.dilation_h,
            .dilation_w = options.dilation_w,
            .pad_top = y.before,
            .pad_left = x.before};
}

/// Input pixels that the filter spans.
constexpr int reach_h(depthwise_conv2d_geometry const& g) { return (g.filter.h() - 1) * g.dilation_h + 1; }
constexpr int reach_w(depthwise_conv2d_geometry const& g) { return (g.filter.w() - 1) * g.dilation_w + 1; }

/// What the kernel reads: sums over the whole image, if the filter is as large.
constexpr window_reading reading_of(depthwise_conv2d_geometry const& g) {
    bool const is_sum = covers_image(g, reach_h(g), reach_w(g)) && g.filter.h() == g.in.h() && g.filter.w() == g.in.w();
    if (is_sum) return {window_reading::everything};
    return sliding_reading(g, reach_h(g), reach_w(g));
}

/// The geometry of a 1x1 filter with stride 1 for `count` pixels that follow one another.
constexpr depthwise_conv2d_geometry geometry_of_pixels(depthwise_conv2d_geometry g, int count) {
    g.in = shape{1, 1, count, g.in.c()};
    g.out = shape{1, 1, count, g.out.c()};
    return g;
}

/// Whether the kernel can overwrite its input: each channel makes one channel, and one image is there.
constexpr bool fits_in_place(depthwise_conv2d_geometry const& g) { return g.multiplier() == 1 && g.in.n() == 1; }

/// Elements of scratch that the kernel needs for it: one channel of the pixels that it has made and not yet stored.
constexpr int in_place_scratch(depthwise_conv2d_geometry const& g) { return pixels_behind(make_walk(g, 1)); }

/// How the result may lie over the input.
///   element   bytes
constexpr overlap_rule overlap_of(depthwise_conv2d_geometry const& g, int element, traversal order) {
    auto const walk = make_walk(g, element);
    auto const stores = g.multiplier() == 1 ? storing::channels : storing::elements;
    if (order == traversal::in_place) return fits_in_place(g) ? same_address_only : nowhere;
    return window_overlap(walk, reach_h(g), reach_w(g), order, stores);
}

/// The same for a kernel that was chosen; one that is not portable knows only forward.
constexpr overlap_rule overlap_of(depthwise_conv2d_geometry const& g, int element, traversal order, kernel_choice const& kernel) {
    if (kernel.is_portable()) return overlap_of(g, element, order);
    if (order != traversal::forward) return nowhere;
    return window_overlap(make_walk(g, element), reach_h(g), reach_w(g), order, kernel.stores, kernel.tile);
}

}  // namespace inlay

#include <inlay/kernels/portable/depthwise_conv2d.hpp>  // IWYU pragma: export
