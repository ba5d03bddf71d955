// SPDX-License-Identifier: MIT
//
// The rules of CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED. A layer is seen as sums over taps and input channels; which taps
// lie inside the image differs at its borders, and a tap outside adds nothing, as if the input were at its zero point there.
#pragma once

#include "operators/filter_layer.hpp"
#include "passes/channels.hpp"

#include <inlay/kernels/conv2d.hpp>
#include <inlay/kernels/depthwise_conv2d.hpp>

#include <optional>
#include <vector>

namespace inlay::tool {

/// The taps [first, end) of an axis that lie inside the image for some position of the window.
struct tap_run {
    int first;
    int end;

    friend bool operator==(tap_run const&, tap_run const&) = default;
};

/// The distinct runs of taps along an axis.
///   extent   of the image;  before   how far the window starts in front of it
std::vector<tap_run> tap_runs(int positions, int extent, int taps, int stride, int dilation, int before);

/// A layer with a constant filter, as its channels see it. Output o reads the input channels from o / outs_per_group * depth on.
struct filter_channels {
    filter_layer layer;
    activation_function activation;
    int outs;
    int depth;
    int outs_per_group;
    std::vector<tap_run> rows;     ///< the border classes are all pairs of one of these and one of those
    std::vector<tap_run> columns;
    int filter_h;
    int filter_w;
    int step_out;  ///< between the filter's weights of one output and the next, of one tap and the next, of one input and the next
    int step_tap;
    int step_in;
    int out_axis;  ///< of the filter
    int in_axis;   ///< of the filter; -1: each output has an input channel of its own

    int taps() const { return filter_h * filter_w; }
    bool is_depthwise() const { return in_axis < 0; }
    bool is_plain() const { return outs_per_group == outs && !is_depthwise(); }
    int index(int o, int tap, int c) const { return o * step_out + tap * step_tap + c * step_in; }
    int channel(int o, int c) const { return o / outs_per_group * depth + c; }
};

/// Of a convolution whose groups have one channel each, or that has one group; nothing if it has others.
std::optional<filter_channels> channels_of(filter_layer layer, activation_function activation, conv2d_geometry const& geometry);
filter_channels channels_of(filter_layer layer, activation_function activation, depthwise_conv2d_geometry const& geometry);

/// An operation's layer; nothing if its channels cannot be told apart.
using filter_mapper = std::optional<filter_channels> (*)(graph const& model, operation const& op);

void infer_filter(graph const& model, operation const& op, channel_table& table, std::optional<filter_channels> const& layer);
void require_filter(graph const& model, operation const& op, channel_table& table, std::optional<filter_channels> const& layer);
bool simplify_filter(graph& model, operation& op, channel_table const& table, change_log& log, filter_mapper map);
void keep_filter(graph& model, operation& op, channel_table const& table, std::optional<filter_channels> const& layer);

template <filter_mapper Map>
inline constexpr channel_rules filter_rules{
    .infer = [](graph const& model, operation const& op, channel_table& table, executor&) { infer_filter(model, op, table, Map(model, op)); },
    .require = [](graph const& model, operation const& op, channel_table& table) { require_filter(model, op, table, Map(model, op)); },
    .simplify = [](graph& model, operation& op, channel_table const& table, change_log& log) { return simplify_filter(model, op, table, log, Map); },
    .keep = [](graph& model, operation& op, channel_table const& table) { keep_filter(model, op, table, Map(model, op)); }};

}  // namespace inlay::tool
