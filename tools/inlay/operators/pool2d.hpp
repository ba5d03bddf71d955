// SPDX-License-Identifier: MIT
//
// What AVERAGE_POOL_2D and MAX_POOL_2D have in common.
#pragma once

#include "operators/operator.hpp"

#include <string_view>

namespace inlay::tool {

void check_pool2d(graph& model, operation& op, report& problems);

pool2d_geometry pool2d_geometry_of(graph const& model, operation const& op);

overlap_rule overlap_pool2d(graph const& model, operation const& op, traversal order, std::size_t k);

/// The layer `operation<pool2d_options{...}>`.
layer_text write_pool2d(operation const& op, std::string_view operation);

}  // namespace inlay::tool
