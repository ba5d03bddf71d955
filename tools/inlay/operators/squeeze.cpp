// SPDX-License-Identifier: MIT
#include "operators/movement.hpp"
#include "operators/reshape.hpp"
#include "operators/supports.hpp"
#include "passes/channelwise.hpp"

namespace inlay::tool {
namespace {

/// The reader has already taken the axes away.
void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (ask.counts(1, 1) && moves_elements(ask, 0, "input")) ask.makes(std::get<reshape_options>(op.options).to);
}

layer_text write(graph const&, operation const& op, header_writer&) { return write_reshape(op, "squeeze"); }

}  // namespace

operator_support const squeeze_support{
    .kind = "SQUEEZE", .check = check, .evaluate = nullptr, .write = write, .is_alias = true,
    .channels = &channelwise<reshaped_channels, channel_function::monotone>};

}  // namespace inlay::tool
