// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "model/plan.hpp"

#include <string>

namespace inlay::tool {

/// The memory plan as an SVG picture: time across, addresses up, a box for each tensor and scratch, the peak marked.
std::string draw_plan(graph const& model, memory_layout const& layout);

}  // namespace inlay::tool
