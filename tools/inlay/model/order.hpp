// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "report.hpp"

namespace inlay::tool {

/// Checks that operations stand in an order in which they can run: every tensor is made once, by an operation or because it is an
/// input, a constant or a variable, and before anything reads it. What breaks this goes into `problems`.
///   input   a graph whose indices of tensors are valid
void check_order(graph const& model, report& problems);

/// How messages call a tensor: `tensor 7 "block1/conv"`.
std::string describe_tensor(graph const& model, int tensor);

}  // namespace inlay::tool
