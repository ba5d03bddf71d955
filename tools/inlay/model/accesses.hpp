// SPDX-License-Identifier: MIT
#pragma once

#include "model/plan.hpp"

#include <cstdint>
#include <vector>

namespace inlay::tool {

/// How often the elements of each block are read or written in one run, about: as often as the layers' arithmetic asks for them.
/// Blocks of aliases are those of what they stand for.
std::vector<std::int64_t> count_accesses(graph const& model, std::vector<placed_block> const& blocks);

}  // namespace inlay::tool
