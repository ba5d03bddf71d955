// SPDX-License-Identifier: MIT
//
// What MEAN and SUM have in common.
#pragma once

#include "operators/operator.hpp"
#include "passes/channelwise.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// Also resolves the axes, which are a constant operand.
void check_reduce(graph& model, operation& op, report& problems);

void evaluate_reduce(graph const& model, operation const& op, operands const& memory, bool is_mean);

kernel_choice reduce_kernel(graph const& model, operation const& op, bool is_mean);

/// The layer `operation<reduce_options{...}>`.
layer_text write_reduce(operation const& op, std::string_view operation);

/// Each channel by itself, unless the channels are summed.
std::optional<window_reading> reduce_reading(graph const& model, operation const& op);
std::optional<std::vector<channel_edge>> reduced_channels(graph const& model, operation const& op);

}  // namespace inlay::tool
