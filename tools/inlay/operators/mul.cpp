// SPDX-License-Identifier: MIT
#include "operators/elementwise.hpp"
#include "operators/supports.hpp"
#include "passes/channelwise.hpp"

namespace inlay::tool {
namespace {

constexpr auto arithmetic = []<class T>(std::type_identity<T>, affine a, affine b, elementwise_options const& options) {
    return make_mul<T>(a, b, options);
};

void check(graph& model, operation& op, report& problems) { check_elementwise(model, op, problems, arithmetic); }

void evaluate(graph const& model, operation const& op, operands const& memory) { evaluate_elementwise(model, op, memory, arithmetic); }

kernel_choice kernel(graph const& model, operation const& op) { return elementwise_kernel(model, op, arithmetic); }

layer_text write(graph const&, operation const& op, header_writer&) { return write_elementwise(op, "mul"); }

}  // namespace

operator_support const mul_support{
    .kind = "MUL", .check = check, .evaluate = evaluate, .write = write, .kernel = kernel,
    .channels = &channelwise<broadcast_channels, channel_function::monotone>, .overlap = overlap_elementwise, .reading = read_same_shapes};

}  // namespace inlay::tool
