// SPDX-License-Identifier: MIT
#include "operators/supports.hpp"
#include "operators/unary.hpp"
#include "passes/channelwise.hpp"

#include <inlay/kernels/portable/leaky_relu.hpp>

namespace inlay::tool {
namespace {

constexpr auto function = []<class T>(std::type_identity<T>, graph const& model, operation const& op) {
    return make_leaky_relu<T>(quantisation_in(model, op), std::get<leaky_relu_options>(op.options));
};

void check(graph& model, operation& op, report& problems) { check_unary(model, op, problems, function); }

void evaluate(graph const& model, operation const& op, operands const& memory) { evaluate_unary(model, op, memory, function); }

layer_text write(graph const& model, operation const& op, header_writer&) {
    auto const& options = std::get<leaky_relu_options>(op.options);
    auto const text = options_text{"leaky_relu_options"}.field("alpha", options.alpha, 0.0F).field("output", options.output).text();
    return {in_rows(model, op, template_text("leaky_relu", {text})), op.inputs};
}

}  // namespace

operator_support const leaky_relu_support{
    .kind = "LEAKY_RELU", .check = check, .evaluate = evaluate, .write = write, .kernel = table_kernel,
    .keeps_rows = true, .channels = &channelwise<same_channels, channel_function::any>, .overlap = overlap_unary, .reading = read_elementwise};

}  // namespace inlay::tool
