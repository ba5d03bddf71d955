// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "passes/changes.hpp"
#include "passes/sample_inputs.hpp"

#include <span>
#include <vector>

namespace inlay::tool {

/// Takes everything out of a checked model that provably does not matter, and notes in the model what it was before. Each pass is
/// proven: the model before and after answer the same to at least eight generated inputs and the given ones; if not, a tool_error
/// says so. Int8 arithmetic stays exact to the bit. Float outputs may move by 1e-5 of their largest magnitude; a pass that
/// would move them more is left out.
change_log shrink(graph& model, std::span<input_set const> given = {});

}  // namespace inlay::tool
