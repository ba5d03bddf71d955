// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/shape.hpp>

namespace inlay {

struct transpose_options {
    int permutation[max_rank] = {};  ///< axis a of the output is axis permutation[a] of the input

    friend constexpr bool operator==(transpose_options const&, transpose_options const&) = default;
};

}  // namespace inlay
