// SPDX-License-Identifier: MIT
//
// What PAD and PADV2 have in common.
#pragma once

#include "operators/operator.hpp"

#include <string_view>

namespace inlay::tool {

/// Asks about input, paddings and output, and resolves the paddings, which are a constant operand.
bool check_paddings(graph& model, operation& op, report& problems, std::size_t inputs);

/// The layer `operation<pad_options{...}>`.
std::string write_paddings(operation const& op, std::string_view operation);

}  // namespace inlay::tool
