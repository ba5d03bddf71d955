// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>
#include <inlay/core/window.hpp>

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

}  // namespace inlay
