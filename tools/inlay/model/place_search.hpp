// SPDX-License-Identifier: MIT
#pragma once

#include "model/plan.hpp"

namespace inlay::tool {

/// Finds offsets, and orders of the operations, for which the blocks need few bytes. The blocks are all tensors', without
/// scratch; that of the orders found is added.
///   unit         offsets are multiples of it
///   most_bytes   what there is a plan for without overlap
///   output       whether it found less
bool search_places(graph const& model, memory_layout& layout, int unit, int most_bytes);

}  // namespace inlay::tool
