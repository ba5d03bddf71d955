// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/tensor.hpp>

namespace inlay {

struct softmax_options {
    float beta = 1;
    affine output = {};  ///< quantisation of the result

    friend constexpr bool operator==(softmax_options const&, softmax_options const&) = default;
};

}  // namespace inlay
