// SPDX-License-Identifier: MIT
//
// What PAD and PADV2 have in common.
#pragma once

#include "operators/operator.hpp"
#include "passes/channelwise.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// Asks about input, paddings and output, and resolves the paddings, which are a constant operand.
bool check_paddings(graph& model, operation& op, report& problems, std::size_t inputs);

/// The layer `operation<pad_options{...}>`.
std::string write_paddings(operation const& op, std::string_view operation);

kernel_choice padding_kernel(graph const& model, operation const& op);

/// Each channel by itself, unless channels are added.
std::optional<std::vector<channel_edge>> padded_channels(graph const& model, operation const& op);

}  // namespace inlay::tool
