// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>

namespace inlay {

struct fully_connected_options {
    activation_function activation = activation_function::none;
    bool keep_num_dims = false;  ///< the output has the input's axes but the last; otherwise [batches, units]
    affine output = {};          ///< quantisation of the result

    friend constexpr bool operator==(fully_connected_options const&, fully_connected_options const&) = default;
};

}  // namespace inlay
