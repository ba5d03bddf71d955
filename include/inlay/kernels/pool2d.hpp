// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>
#include <inlay/core/window.hpp>

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

}  // namespace inlay
