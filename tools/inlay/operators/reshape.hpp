// SPDX-License-Identifier: MIT
//
// What RESHAPE, SQUEEZE and EXPAND_DIMS have in common.
#pragma once

#include "operators/operator.hpp"

#include <string_view>

namespace inlay::tool {

/// The layer `operation<reshape_options{...}>`.
layer_text write_reshape(operation const& op, std::string_view operation);

}  // namespace inlay::tool
