// SPDX-License-Identifier: MIT
#include "operators/elementwise.hpp"

#include "operators/checks.hpp"

#include <fmt/format.h>

namespace inlay::tool {

bool check_elementwise_operands(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(2, 2)) return false;
    auto const& a = ask.in(0);
    auto const& b = ask.in(1);
    if (!ask.type(a, {element_type::float32, element_type::int8}, "first operand") || !ask.type(b, {a.type}, "second operand") ||
        !ask.type(ask.out(), {a.type}, "output") || !ask.not_empty(a, "first operand") || !ask.not_empty(b, "second operand") ||
        !ask.quantised(a, "first operand") || !ask.quantised(b, "second operand") || !ask.quantised(ask.out(), "output") ||
        !ask.require(can_broadcast(a.shape, b.shape), "the operands' shapes do not fit",
                     fmt::format("{} and {} differ on an axis, counted from the last, where neither has extent 1", text_of(a.shape),
                                 text_of(b.shape)),
                     "put a RESHAPE in front of one of them") ||
        !ask.makes(broadcast_shape(a.shape, b.shape))) {
        return false;
    }
    std::get<elementwise_options>(op.options).output = ask.out().activation_quantisation();
    return true;
}

void report_scales(graph const& model, operation const& op, report& problems) {
    operation_checker const ask{model, op, problems};
    ask.require(false, "the output's scale is too small",
                fmt::format("the operands have scales {} and {}, the output {}; the arithmetic would leave its 32 bits",
                            ask.in(0).activation_quantisation().scale, ask.in(1).activation_quantisation().scale,
                            ask.out().activation_quantisation().scale),
                "convert the model again with calibration data that reach this operator");
}

/// Element by element, if no operand is repeated or constant.
std::optional<window_reading> read_same_shapes(graph const& model, operation const& op) {
    auto const& a = model.in(op, 0);
    auto const& b = model.in(op, 1);
    if (a.shape != b.shape || a.is_constant || b.is_constant) return {};
    return elementwise_reading;
}

overlap_rule overlap_elementwise(graph const& model, operation const& op, traversal order, std::size_t k) {
    return elementwise_operand_overlap(model.in(op, k).shape, model.out(op).shape, bytes_of(model.in(op, k).type), order);
}

layer_text write_elementwise(operation const& op, std::string_view operation) {
    auto const& options = std::get<elementwise_options>(op.options);
    auto const text = options_text{"elementwise_options"}.field("activation", options.activation).field("output", options.output).text();
    return {template_text(operation, {text}), op.inputs};
}

}  // namespace inlay::tool
