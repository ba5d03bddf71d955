// SPDX-License-Identifier: MIT
#include "operators/pad.hpp"

#include "operators/attributes.hpp"
#include "operators/elements.hpp"
#include "operators/movement.hpp"
#include "operators/supports.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace inlay::tool {

bool check_paddings(graph& model, operation& op, report& problems, std::size_t inputs) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(inputs, inputs) || !moves_elements(ask, 0, "input")) return false;
    int const rank = ask.in(0).shape.rank;
    auto const paddings = integers(ask, 1, 2 * rank, "list of paddings");
    if (!paddings) return false;
    constexpr std::int64_t most = 1 << 28;
    auto const outside = std::ranges::find_if(*paddings, [](std::int64_t padding) { return padding < 0 || padding > most; });
    if (outside != paddings->end()) {
        return ask.require(false, "a padding is out of range", fmt::format("the list has a padding of {}; inlay takes 0 to {}", *outside, most),
                           "cut with SLICE what a negative padding would cut, or export the model again");
    }
    auto& options = std::get<pad_options>(op.options);
    for (int axis = 0; axis < rank; ++axis) {
        options.before[axis] = static_cast<int>((*paddings)[static_cast<std::size_t>(2 * axis)]);
        options.after[axis] = static_cast<int>((*paddings)[static_cast<std::size_t>(2 * axis + 1)]);
    }
    return ask.makes(padded_shape(ask.in(0).shape, options));
}

std::string write_paddings(operation const& op, std::string_view operation) {
    auto const& options = std::get<pad_options>(op.options);
    return template_text(operation, {options_text{"pad_options"}
                                         .field("before", std::span<int const>{options.before})
                                         .field("after", std::span<int const>{options.after})
                                         .field("value", options.value, 0.0F)
                                         .text()});
}

kernel_choice padding_kernel(graph const& model, operation const& op) {
    auto const inside = make_pad_geometry(model.in(op, 0).shape, std::get<pad_options>(op.options)).inside;
    return copy_kernel(model, inside.inner_step(0) == 1 ? inside.extent.last() : 1);
}

std::optional<std::vector<channel_edge>> padded_channels(graph const& model, operation const& op) {
    return same_channels(model, op);  // as many channels as before: none were added
}

namespace {

void check(graph& model, operation& op, report& problems) { check_paddings(model, op, problems, 2); }

void evaluate(graph const& model, operation const& op, operands const& memory) {
    auto const& in = model.in(op, 0);
    auto const g = make_pad_geometry(in.shape, std::get<pad_options>(op.options));
    visit_element(in.type, [&]<class T>(std::type_identity<T>) {
        pad_tensor(isa::portable{}, g, memory.out<T>(), memory.in<T>(0), static_cast<T>(in.activation_quantisation().zero_point));
    });
}

layer_text write(graph const&, operation const& op, header_writer&) { return {write_paddings(op, "pad"), {op.inputs[0]}}; }

}  // namespace

operator_support const pad_support{
    .kind = "PAD", .check = check, .evaluate = evaluate, .write = write, .kernel = padding_kernel,
    .channels = &channelwise<padded_channels, channel_function::monotone>};

}  // namespace inlay::tool
