// SPDX-License-Identifier: MIT
#include "operators/unary.hpp"

#include <inlay/kernels/unary_choice.hpp>

#include <fmt/format.h>
#include <type_traits>

namespace inlay::tool {

bool check_unary_operands(operation_checker const& ask, std::initializer_list<element_type> accepted, element_type made) {
    return ask.counts(1, 1) && ask.type(ask.in(0), accepted, "input") && ask.type(ask.out(), {made}, "output") &&
           ask.not_empty(ask.in(0), "input") && ask.quantised(ask.in(0), "input") && ask.quantised(ask.out(), "output") &&
           ask.keeps_rows();
}

bool check_unary_operands(operation_checker const& ask) {
    return ask.counts(1, 1) && check_unary_operands(ask, {element_type::float32, element_type::int8}, ask.in(0).type);
}

bool require_scales(operation_checker const& ask, bool is_exact) {
    return ask.require(is_exact, "the scales do not fit the operator's arithmetic",
                       fmt::format("the input has scale {}, the output {}; numbers would leave the bits that the kernel has for them",
                                   ask.in(0).activation_quantisation().scale, ask.out().activation_quantisation().scale),
                       "convert the model again with calibration data that reach this operator");
}

bool require_result_quantisation(operation_checker const& ask, affine wanted) {
    auto const given = ask.out().activation_quantisation();
    return ask.require(given == wanted, "the output's quantisation is not the operator's",
                       fmt::format("the model says scale {} and zero point {}; the result always has {} and {}", given.scale,
                                   given.zero_point, wanted.scale, wanted.zero_point),
                       "convert the model again; its converter should have set them");
}

kernel_choice table_kernel(graph const& model, operation const& op) {
    if (model.in(op, 0).type != element_type::int8 || model.out(op).type != element_type::int8) return {};
    return kernel_without_weights(model, table_geometry{model.in(op, 0).shape.size()}, std::type_identity<int8_table>{});
}

std::optional<window_reading> read_elementwise(graph const& model, operation const& op) {
    if (model.in(op, 0).shape != model.out(op).shape) return {};
    return elementwise_reading;
}

overlap_rule overlap_unary(graph const& model, operation const& op, traversal order, std::size_t) {
    return elementwise_overlap(model.in(op, 0).shape.size(), bytes_of(model.in(op, 0).type), bytes_of(model.out(op).type), order);
}

std::string in_rows(graph const& model, operation const& op, std::string operation) {
    auto const& to = model.out(op).shape;
    return to == model.in(op, 0).shape ? operation : template_text("reshaped", {shape_text(to), operation});
}

layer_text write_unary(graph const& model, operation const& op, std::string_view operation) {
    auto const text = options_text{"unary_options"}.field("output", std::get<unary_options>(op.options).output).text();
    return {in_rows(model, op, template_text(operation, {text})), op.inputs};
}

}  // namespace inlay::tool
