// SPDX-License-Identifier: MIT
#include "operators/checks.hpp"
#include "operators/supports.hpp"
#include "operators/unary.hpp"

#include <fmt/format.h>

namespace inlay::tool {
namespace {

bool check_int8(operation_checker const& ask, softmax_options const& options) {
    if (!ask.quantised(ask.in(0), "input") || !ask.quantised(ask.out(), "output")) return false;
    auto const in = ask.in(0).activation_quantisation();
    int const elements = ask.in(0).shape.last();
    return ask.require(options.output == softmax_quantisation, "the output's quantisation is not that of a softmax",
                       fmt::format("it has scale {} and zero point {}; an int8 softmax makes 1/256 and -128", options.output.scale,
                                   options.output.zero_point),
                       "convert the model again with full int8 quantisation") &&
           ask.require(elements <= most_int8_softmax_elements, "too many classes",
                       fmt::format("the last axis has {} elements; an int8 softmax sums at most {}", elements, most_int8_softmax_elements),
                       "leave the softmax out, and compare the numbers in front of it") &&
           ask.require(softmax_rescale(options.beta, in.scale) > 1, "beta out of range",
                       fmt::format("beta {} times the input's scale {} is not above 2^-26, below which all classes are alike", options.beta, in.scale),
                       "export the model again with a positive beta");
}

void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(1, 1) || !ask.type(ask.in(0), {element_type::float32, element_type::int8}, "input") ||
        !ask.type(ask.out(), {ask.in(0).type}, "output") || !ask.rank(ask.in(0), 1, max_rank, "input") || !ask.not_empty(ask.in(0), "input")) {
        return;
    }
    auto& options = std::get<softmax_options>(op.options);
    options.output = ask.out().activation_quantisation();
    if (ask.in(0).type == element_type::int8 && !check_int8(ask, options)) return;
    ask.keeps_rows();
}

void evaluate(graph const& model, operation const& op, operands const& memory) {
    auto const& in = model.in(op, 0);
    auto const& options = std::get<softmax_options>(op.options);
    auto const g = make_softmax_geometry(in.shape);
    if (in.type == element_type::float32) {
        return normalise<float>(isa::portable{}, g, memory.out<float>(), memory.in<float>(0), float_softmax{options.beta});
    }
    constexpr int differences = 256;
    auto const table = make_exponentials<differences>(make_exponents(in.activation_quantisation(), options));
    normalise<std::int8_t>(isa::portable{}, g, memory.out<std::int8_t>(), memory.in<std::int8_t>(0), int8_softmax{table.of, differences});
}

layer_text write(graph const& model, operation const& op, header_writer&) {
    auto const& options = std::get<softmax_options>(op.options);
    auto const text = options_text{"softmax_options"}.field("beta", options.beta, 1.0F).field("output", options.output).text();
    return {in_rows(model, op, template_text("softmax", {text})), {op.inputs[0]}};
}

}  // namespace

operator_support const softmax_support{.kind = "SOFTMAX", .check = check, .evaluate = evaluate, .write = write, .keeps_rows = true, .overlap = overlap_unary};

}  // namespace inlay::tool
