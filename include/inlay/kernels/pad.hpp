// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/shape.hpp>

namespace inlay {

struct pad_options {
    int before[max_rank] = {};  ///< elements in front of each axis
    int after[max_rank] = {};   ///< elements behind each axis
    float value = 0;            ///< what they are, as stored: for int8 the quantised number

    friend constexpr bool operator==(pad_options const&, pad_options const&) = default;
};

}  // namespace inlay
