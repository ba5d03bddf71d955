// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>

namespace inlay {

/// Of add, sub and mul.
struct elementwise_options {
    activation_function activation = activation_function::none;
    affine output = {};  ///< quantisation of the result

    friend constexpr bool operator==(elementwise_options const&, elementwise_options const&) = default;
};

}  // namespace inlay
