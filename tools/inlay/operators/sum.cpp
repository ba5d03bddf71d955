// SPDX-License-Identifier: MIT
#include "operators/reduce.hpp"
#include "operators/supports.hpp"

namespace inlay::tool {
namespace {

void evaluate(graph const& model, operation const& op, operands const& memory) { evaluate_reduce(model, op, memory, false); }

kernel_choice kernel(graph const& model, operation const& op) { return reduce_kernel(model, op, false); }

layer_text write(graph const&, operation const& op, header_writer&) { return write_reduce(op, "sum"); }

}  // namespace

operator_support const sum_support{
    .kind = "SUM", .check = check_reduce, .evaluate = evaluate, .write = write, .kernel = kernel,
    .channels = &channelwise<reduced_channels, channel_function::monotone>, .reading = reduce_reading};

}  // namespace inlay::tool
