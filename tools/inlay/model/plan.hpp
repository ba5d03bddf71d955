// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "report.hpp"

#include <vector>

namespace inlay::tool {

/// What the header's memory plan comes to.
struct plan_summary {
    int arena_bytes = 0;
    std::vector<int> live_bytes;  ///< while operation i runs: its inputs, its outputs, its scratch, and what later ones still need
};

/// Says in the report where a model needs more memory at once than any device has, and than a plan can be computed for.
///   input   a model whose operations are checked
void check_memory(graph const& model, report& problems);

/// Plans the model's tensors by the function that the header evaluates at compile time.
plan_summary summarise_plan(graph const& model);

}  // namespace inlay::tool
