// SPDX-License-Identifier: MIT
#pragma once

#include "model/plan.hpp"

#include <vector>

namespace inlay::tool {

/// Places all blocks in regions: what is accessed most, byte for byte, in the first that has room for it. Throws a tool_error
/// if they do not fit.
///   unit             offsets are multiples of it
///   overlaps         whether results may lie over inputs that die
///   bytes_in_one     what one arena without overlap takes
void search_regions(graph const& model, memory_layout& layout, int unit, std::vector<ram_region> const& regions, bool overlaps, int bytes_in_one);

}  // namespace inlay::tool
