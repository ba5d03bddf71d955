// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/shape.hpp>
#include <inlay/core/tensor.hpp>

namespace inlay {

/// Of mean and sum.
struct reduce_options {
    bool axis[max_rank] = {};  ///< whether the axis is reduced
    bool keep_dims = false;    ///< reduced axes stay, with extent 1
    affine output = {};        ///< quantisation of the result

    friend constexpr bool operator==(reduce_options const&, reduce_options const&) = default;
};

}  // namespace inlay
