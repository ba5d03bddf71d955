// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>

namespace inlay {

struct concatenation_options {
    int axis = 0;
    activation_function activation = activation_function::none;
    affine output = {};  ///< quantisation of the result

    friend constexpr bool operator==(concatenation_options const&, concatenation_options const&) = default;
};

}  // namespace inlay
