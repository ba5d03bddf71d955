// SPDX-License-Identifier: MIT
//
// The windows of CONV_2D and DEPTHWISE_CONV_2D, for passes that change filters and paddings.
#pragma once

#include "model/graph.hpp"

#include <optional>

namespace inlay::tool {

/// How a window slides over an image: sizes, and where it starts.
struct image_window {
    int in_h, in_w;
    int out_h, out_w;
    int filter_h, filter_w;
    int stride_h, stride_w;
    int dilation_h, dilation_w;
    int pad_top, pad_left;
};

/// The window of a convolution with a constant filter; nothing for other operations.
std::optional<image_window> window_of(graph const& model, operation const& op);

/// The padding that gives this window, in the simplest form: valid, same, or four numbers. Nothing if none does.
std::optional<inlay::padding> padding_for(image_window const& window);

/// Sets a convolution's padding.
void set_padding(operation& op, inlay::padding const& padding);

}  // namespace inlay::tool
