// SPDX-License-Identifier: MIT
#include "operators/reshape.hpp"

#include "operators/attributes.hpp"
#include "operators/movement.hpp"
#include "operators/supports.hpp"
#include "passes/channelwise.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace inlay::tool {

layer_text write_reshape(operation const& op, std::string_view operation) {
    auto const text = options_text{"reshape_options"}.field("to", std::get<reshape_options>(op.options).to).text();
    return {template_text(operation, {text}), {op.inputs[0]}};
}

namespace {

/// The shape that the model asks for: in the second operand or, where there is none, in the options. One extent may be -1.
std::optional<std::vector<std::int64_t>> wanted_shape(operation_checker const& ask, reshape_options const& options) {
    if (ask.has_input(1)) return integers(ask, 1, ask.in(1).shape.size(), "new shape");
    std::vector<std::int64_t> extents(options.to.extent, options.to.extent + options.to.rank);
    if (extents == std::vector<std::int64_t>{0}) extents.clear();  // how old converters write a scalar
    return extents;
}

/// Whether the output's shape is the wanted one, with some extent in the place of the -1. As both tensors hold as many
/// elements, it is then the only one that fits.
bool agree(std::vector<std::int64_t> const& wanted, inlay::shape const& out) {
    if (wanted.size() != static_cast<std::size_t>(out.rank)) return false;
    int free = 0;
    for (std::size_t axis = 0; axis < wanted.size(); ++axis) {
        if (wanted[axis] == -1) ++free;
        else if (wanted[axis] != out[static_cast<int>(axis)]) return false;
    }
    return free <= 1;
}

void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(1, 2) || !moves_elements(ask, 0, "input")) return;
    auto& options = std::get<reshape_options>(op.options);
    auto const wanted = wanted_shape(ask, options);
    if (!wanted) return;
    auto const& in = ask.in(0).shape;
    auto const& out = ask.out().shape;
    // Without an operand, no shape at all in the options leaves it to the output.
    bool const is_said = ask.has_input(1) || options.to.rank > 0;
    if (ask.require(in.size() == out.size() && (!is_said || agree(*wanted, out)), "the output's shape does not follow from the input's",
                    fmt::format("{} is to become [{}], and the model says {} for the output", text_of(in), fmt::join(*wanted, ", "), text_of(out)),
                    "export the model again with fixed shapes")) {
        options.to = out;
    }
}

layer_text write(graph const&, operation const& op, header_writer&) { return write_reshape(op, "reshape"); }

}  // namespace

operator_support const reshape_support{
    .kind = "RESHAPE", .check = check, .evaluate = nullptr, .write = write, .is_alias = true,
    .channels = &channelwise<reshaped_channels, channel_function::monotone>};

}  // namespace inlay::tool
