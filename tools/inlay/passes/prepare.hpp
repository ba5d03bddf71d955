// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "report.hpp"

namespace inlay::tool {

/// Says in the report every operation that inlay cannot compute, and completes the options of the others. Where the reader has found
/// problems already, only what inlay does not have at all is said: tensors that could not be read would only cause wrong words.
void check_operations(graph& model, report& problems);

/// Replaces operations whose inputs are all constants by their results. The model is checked.
void fold_constants(graph& model);

}  // namespace inlay::tool
