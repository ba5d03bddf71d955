// SPDX-License-Identifier: MIT
#include "operators/supports.hpp"
#include "operators/unary.hpp"
#include "passes/channelwise.hpp"

#include <inlay/kernels/portable/logistic.hpp>

namespace inlay::tool {
namespace {

constexpr auto function = []<class T>(std::type_identity<T>, graph const& model, operation const& op) {
    return make_logistic<T>(quantisation_in(model, op));
};

void check(graph& model, operation& op, report& problems) { check_unary(model, op, problems, function); }

void evaluate(graph const& model, operation const& op, operands const& memory) { evaluate_unary(model, op, memory, function); }

layer_text write(graph const& model, operation const& op, header_writer&) { return write_unary(model, op, "logistic"); }

}  // namespace

operator_support const logistic_support{
    .kind = "LOGISTIC", .check = check, .evaluate = evaluate, .write = write, .kernel = table_kernel,
    .keeps_rows = true, .channels = &channelwise<same_channels, channel_function::any>, .overlap = overlap_unary, .reading = read_elementwise};

}  // namespace inlay::tool
