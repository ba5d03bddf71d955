// SPDX-License-Identifier: MIT
#include "operators/attributes.hpp"
#include "operators/elements.hpp"
#include "operators/movement.hpp"
#include "operators/supports.hpp"
#include "passes/channelwise.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace inlay::tool {
namespace {

void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(2, 2) || !moves_elements(ask, 0, "input")) return;
    auto const& in = ask.in(0).shape;
    auto const permutation = integers(ask, 1, in.rank, "permutation");
    if (!permutation) return;
    auto& options = std::get<transpose_options>(op.options);
    for (int axis = 0; axis < in.rank; ++axis) {
        auto const from = (*permutation)[static_cast<std::size_t>(axis)];
        options.permutation[axis] = from < 0 || from >= in.rank ? -1 : static_cast<int>(from);
    }
    if (ask.require(is_permutation(in.rank, options), "not a permutation",
                    fmt::format("[{}] does not name each axis of the input, of shape {}, once", fmt::join(*permutation, ", "), text_of(in)),
                    "export the model again; the file is damaged or was made by a faulty converter")) {
        ask.makes(transposed_shape(in, options));
    }
}

void evaluate(graph const& model, operation const& op, operands const& memory) {
    auto const& in = model.in(op, 0);
    auto const g = make_transpose_geometry(in.shape, std::get<transpose_options>(op.options));
    visit_element(in.type, [&]<class T>(std::type_identity<T>) { permute(isa::portable{}, g, memory.out<T>(), memory.in<T>(0)); });
}

kernel_choice kernel(graph const& model, operation const& op) {
    auto const g = make_transpose_geometry(model.in(op, 0).shape, std::get<transpose_options>(op.options));
    return copy_kernel(model, g.inner_step(0) == 1 ? g.extent.last() : 1);
}

layer_text write(graph const& model, operation const& op, header_writer&) {
    auto const& permutation = std::get<transpose_options>(op.options).permutation;
    auto const text = fmt::format("transpose_options{{{{{}}}}}", fmt::join(permutation, permutation + model.in(op, 0).shape.rank, ", "));
    return {template_text("transpose", {text}), {op.inputs[0]}};
}

/// Where the last axis stays, the channels do.
std::optional<std::vector<channel_edge>> channels(graph const& model, operation const& op) {
    int const last = model.in(op, 0).shape.rank - 1;
    return last >= 0 && std::get<transpose_options>(op.options).permutation[last] == last ? same_channels(model, op) : std::nullopt;
}

}  // namespace

operator_support const transpose_support{
    .kind = "TRANSPOSE", .check = check, .evaluate = evaluate, .write = write, .kernel = kernel,
    .channels = &channelwise<channels, channel_function::monotone>};

}  // namespace inlay::tool
