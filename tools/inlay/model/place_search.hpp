// SPDX-License-Identifier: MIT
#pragma once

#include "model/plan.hpp"

namespace inlay::tool {

/// Finds offsets, and orders of the operations, for which the blocks need few bytes. The blocks are all tensors', without
/// scratch; that of the orders found is added.
///   unit   offsets are multiples of it
void search_places(graph const& model, memory_layout& layout, int unit);

}  // namespace inlay::tool
