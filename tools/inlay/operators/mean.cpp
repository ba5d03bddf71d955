// SPDX-License-Identifier: MIT
#include "operators/reduce.hpp"
#include "operators/supports.hpp"

namespace inlay::tool {
namespace {

void evaluate(graph const& model, operation const& op, operands const& memory) { evaluate_reduce(model, op, memory, true); }

kernel_choice kernel(graph const& model, operation const& op) { return reduce_kernel(model, op, true); }

layer_text write(graph const&, operation const& op, header_writer&) { return write_reduce(op, "mean"); }

}  // namespace

operator_support const mean_support{
    .kind = "MEAN", .check = check_reduce, .evaluate = evaluate, .write = write, .kernel = kernel,
    .channels = &channelwise<reduced_channels, channel_function::monotone>, .reading = reduce_reading};

}  // namespace inlay::tool
