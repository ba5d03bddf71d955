// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"

#include <vector>

namespace inlay::tool {

/// What the header's memory plan comes to.
struct plan_summary {
    int arena_bytes = 0;
    std::vector<int> live_bytes;  ///< while operation i runs: its inputs, its outputs, its scratch, and what later ones still need
};

/// Plans the model's tensors by the function that the header evaluates at compile time.
plan_summary summarise_plan(graph const& model);

}  // namespace inlay::tool
