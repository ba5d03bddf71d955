// SPDX-License-Identifier: MIT
#include "operators/elements.hpp"
#include "operators/movement.hpp"
#include "operators/supports.hpp"
#include "passes/channelwise.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace inlay::tool {
namespace {

/// The extent of the result on the axis, if the inputs fit together.
bool fit(operation_checker const& ask, std::size_t inputs, int axis, std::int64_t& extent) {
    auto const& first = ask.in(0).shape;
    for (std::size_t k = 0; k < inputs; ++k) {
        auto const& shape = ask.in(k).shape;
        if (!ask.require(can_concatenate(shape, first, axis), "the inputs' shapes do not fit",
                         fmt::format("input {} has shape {}, the first {}; they may differ on axis {} alone", k, text_of(shape), text_of(first), axis),
                         "pad or reshape the inputs before they meet")) {
            return false;
        }
        extent += shape[axis];
    }
    return true;
}

void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    auto const inputs = std::max<std::size_t>(op.inputs.size(), 1);
    if (!ask.counts(inputs, inputs)) return;
    for (std::size_t k = 0; k < inputs; ++k) {
        if (!moves_elements(ask, k, fmt::format("input {}", k))) return;
    }
    auto& options = std::get<concatenation_options>(op.options);
    auto const& first = ask.in(0).shape;
    int const axis = concatenation_axis(first.rank, options);
    if (!ask.require(options.activation == activation_function::none, "a fused activation",
                     "the reference has none either, as its inputs are not rescaled", "export the activation as an operator of its own") ||
        !ask.require(axis >= 0, "an axis that is not there", fmt::format("axis {} of inputs of shape {}", options.axis, text_of(first)),
                     "export the model again; the file is damaged or was made by a faulty converter")) {
        return;
    }
    std::int64_t extent = 0;
    if (!fit(ask, inputs, axis, extent)) return;
    inlay::shape made = first;
    made[axis] = static_cast<int>(std::min<std::int64_t>(extent, 1 << 30));  // no tensor is that large
    options.output = ask.out().activation_quantisation();
    ask.makes(made);
}

void evaluate(graph const& model, operation const& op, operands const& memory) {
    auto const& out = model.out(op);
    int const axis = concatenation_axis(out.shape.rank, std::get<concatenation_options>(op.options));
    visit_element(out.type, [&]<class T>(std::type_identity<T>) {
        T* place = memory.out<T>();
        for (std::size_t k = 0; k < op.inputs.size(); ++k) {
            auto const g = make_concatenation_geometry(model.in(op, k).shape, out.shape, axis);
            copy_runs(isa::portable{}, g, place, memory.in<T>(k));
            place += g.length;
        }
    });
}

kernel_choice kernel(graph const& model, operation const& op) {
    auto const& out = model.out(op).shape;
    int const axis = concatenation_axis(out.rank, std::get<concatenation_options>(op.options));
    return copy_kernel(model, make_concatenation_geometry(model.in(op, 0).shape, out, axis).length);
}

layer_text write(graph const&, operation const& op, header_writer&) {
    auto const& options = std::get<concatenation_options>(op.options);
    auto const text = options_text{"concatenation_options"}.field("axis", options.axis, 0).field("output", options.output).text();
    return {template_text("concatenation", {text}), op.inputs};
}

/// Channels lie side by side, or, along another axis, behind one another.
std::optional<std::vector<channel_edge>> channels(graph const& model, operation const& op) {
    auto const& shape = model.out(op).shape;
    bool const side_by_side = concatenation_axis(shape.rank, std::get<concatenation_options>(op.options)) == shape.rank - 1;
    std::vector<channel_edge> edges;
    int first = 0;
    for (int operand = 0; operand < static_cast<int>(op.inputs.size()); ++operand) {
        int const count = model.in(op, static_cast<std::size_t>(operand)).shape.last();
        for (int c = 0; c < count; ++c) edges.push_back({operand, c, first + c});
        if (side_by_side) first += count;
    }
    return edges;
}

}  // namespace

operator_support const concatenation_support{
    .kind = "CONCATENATION", .check = check, .evaluate = evaluate, .write = write, .kernel = kernel,
    .channels = &channelwise<channels, channel_function::monotone>};

}  // namespace inlay::tool
