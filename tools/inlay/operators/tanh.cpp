// SPDX-License-Identifier: MIT
#include "operators/supports.hpp"
#include "operators/unary.hpp"
#include "passes/channelwise.hpp"

#include <inlay/kernels/portable/tanh.hpp>

namespace inlay::tool {
namespace {

constexpr auto function = []<class T>(std::type_identity<T>, graph const& model, operation const& op) {
    return make_tanh<T>(quantisation_in(model, op));
};

void check(graph& model, operation& op, report& problems) { check_unary(model, op, problems, function); }

void evaluate(graph const& model, operation const& op, operands const& memory) { evaluate_unary(model, op, memory, function); }

/// The namespace belongs to it: an application may include <cmath>, and with it a function of that name.
layer_text write(graph const& model, operation const& op, header_writer&) { return write_unary(model, op, "inlay::tanh"); }

}  // namespace

operator_support const tanh_support{
    .kind = "TANH", .check = check, .evaluate = evaluate, .write = write, .kernel = table_kernel,
    .keeps_rows = true, .channels = &channelwise<same_channels, channel_function::any>, .overlap = overlap_unary, .reading = read_elementwise};

}  // namespace inlay::tool
