// SPDX-License-Identifier: MIT
#include "passes/window.hpp"

#include <inlay/core/window.hpp>

#include <algorithm>

namespace inlay::tool {
namespace {

template <class Geometry>
image_window window_from(Geometry const& g) {
    return {g.in.h(), g.in.w(), g.out.h(), g.out.w(), g.filter.h(), g.filter.w(), g.stride_h, g.stride_w, g.dilation_h, g.dilation_w, g.pad_top, g.pad_left};
}

bool agrees(image_window const& w, inlay::padding const& padding) {
    auto const y = slide_rows(w.in_h, w.filter_h, w.stride_h, w.dilation_h, padding);
    auto const x = slide_columns(w.in_w, w.filter_w, w.stride_w, w.dilation_w, padding);
    return y.positions == w.out_h && y.before == w.pad_top && x.positions == w.out_w && x.before == w.pad_left;
}

/// What is missing behind the image for the last position of the window; none if it ends inside.
int behind(int positions, int stride, int taps, int dilation, int extent, int before) {
    return std::max(0, (positions - 1) * stride + (taps - 1) * dilation + 1 - extent - before);
}

}  // namespace

std::optional<image_window> window_of(graph const& model, operation const& op) {
    if (op.kind != "CONV_2D" && op.kind != "DEPTHWISE_CONV_2D") return {};
    if (!model.in(op, 1).is_constant) return {};
    auto const& image = model.in(op, 0).shape;
    auto const& filter = model.in(op, 1).shape;
    if (auto const* options = std::get_if<conv2d_options>(&op.options)) return window_from(make_conv2d_geometry(image, filter, *options));
    return window_from(make_depthwise_conv2d_geometry(image, filter, std::get<depthwise_conv2d_options>(op.options)));
}

std::optional<inlay::padding> padding_for(image_window const& w) {
    if (w.pad_top < 0 || w.pad_left < 0) return {};
    inlay::padding const given{padding::kind::given, w.pad_top, behind(w.out_h, w.stride_h, w.filter_h, w.dilation_h, w.in_h, w.pad_top), w.pad_left,
                               behind(w.out_w, w.stride_w, w.filter_w, w.dilation_w, w.in_w, w.pad_left)};
    for (auto const& padding : {padding::valid, padding::same, given}) {
        if (agrees(w, padding)) return padding;
    }
    return {};
}

void set_padding(operation& op, inlay::padding const& padding) {
    if (auto* options = std::get_if<conv2d_options>(&op.options)) options->padding = padding;
    if (auto* options = std::get_if<depthwise_conv2d_options>(&op.options)) options->padding = padding;
}

}  // namespace inlay::tool
