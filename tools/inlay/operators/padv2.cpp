// SPDX-License-Identifier: MIT
#include "operators/elements.hpp"
#include "operators/movement.hpp"
#include "operators/pad.hpp"
#include "operators/supports.hpp"

#include <fmt/format.h>

namespace inlay::tool {
namespace {

void check(graph& model, operation& op, report& problems) {
    if (!check_paddings(model, op, problems, 3)) return;
    operation_checker const ask{model, op, problems};
    auto const& value = ask.in(2);
    if (!ask.type(value, {ask.in(0).type}, "padding value") || !moves_elements(ask, 2, "padding value") ||
        !ask.require(value.shape.size() == 1, "the padding value is not one number",
                     fmt::format("\"{}\" has shape {}", value.name, text_of(value.shape)), "export the model with a scalar in its place") ||
        !value.is_constant) {
        return;
    }
    visit_element(value.type, [&]<class T>(std::type_identity<T>) {
        std::get<pad_options>(op.options).value = static_cast<float>(value.values<T>()[0]);
    });
}

void evaluate(graph const& model, operation const& op, operands const& memory) {
    auto const& in = model.in(op, 0);
    auto const g = make_pad_geometry(in.shape, std::get<pad_options>(op.options));
    visit_element(in.type, [&]<class T>(std::type_identity<T>) {
        pad_tensor(isa::portable{}, g, memory.out<T>(), memory.in<T>(0), *memory.in<T>(2));
    });
}

/// A constant value stands in the options, any other is an edge.
layer_text write(graph const& model, operation const& op, header_writer&) {
    layer_text text{write_paddings(op, "padv2"), {op.inputs[0]}};
    if (!model.in(op, 2).is_constant) text.inputs.push_back(op.inputs[2]);
    return text;
}

}  // namespace

operator_support const padv2_support{
    .kind = "PADV2", .check = check, .evaluate = evaluate, .write = write, .kernel = padding_kernel,
    .channels = &channelwise<padded_channels, channel_function::monotone>};

}  // namespace inlay::tool
