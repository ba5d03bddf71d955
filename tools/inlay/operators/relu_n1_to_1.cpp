// SPDX-License-Identifier: MIT
#include "operators/supports.hpp"
#include "operators/unary.hpp"
#include "passes/channelwise.hpp"

#include <inlay/kernels/portable/relu.hpp>

namespace inlay::tool {
namespace {

constexpr auto function = []<class T>(std::type_identity<T>, graph const& model, operation const& op) {
    return make_relu<T, activation_function::relu_n1_to_1>(quantisation_in(model, op), quantisation_out(model, op));
};

void check(graph& model, operation& op, report& problems) { check_unary(model, op, problems, function); }

void evaluate(graph const& model, operation const& op, operands const& memory) { evaluate_unary(model, op, memory, function); }

layer_text write(graph const& model, operation const& op, header_writer&) { return write_unary(model, op, "relu_n1_to_1"); }

}  // namespace

operator_support const relu_n1_to_1_support{
    .kind = "RELU_N1_TO_1", .check = check, .evaluate = evaluate, .write = write, .kernel = table_kernel,
    .keeps_rows = true, .channels = &channelwise<same_channels, channel_function::monotone>, .overlap = overlap_unary, .reading = read_elementwise};

}  // namespace inlay::tool
