// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/shape.hpp>

namespace inlay {

/// Of reshape, squeeze and expand_dims.
struct reshape_options {
    shape to;

    friend constexpr bool operator==(reshape_options const&, reshape_options const&) = default;
};

}  // namespace inlay
