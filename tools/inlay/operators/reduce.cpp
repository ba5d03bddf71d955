// SPDX-License-Identifier: MIT
#include "operators/reduce.hpp"

#include "operators/checks.hpp"
#include "operators/elements.hpp"

#include <inlay/kernels/reduce_choice.hpp>

#include <algorithm>
#include <fmt/format.h>

namespace inlay::tool {
namespace {

/// Marks the axes that the operand lists; negative ones count from behind, and one may be there twice.
bool resolve_axes(operation_checker const& ask, reduce_options& options) {
    int const rank = ask.in(0).shape.rank;
    std::ranges::fill(options.axis, false);
    if (rank == 0) return true;
    for (std::int32_t const axis : ask.in(1).values<std::int32_t>()) {
        if (!ask.require(axis >= -rank && axis < rank, "an axis that is not there",
                         fmt::format("axis {} of the input \"{}\" of shape {}", axis, ask.in(0).name, text_of(ask.in(0).shape)),
                         "export the model again; the file is damaged or was made by a faulty converter")) {
            return false;
        }
        options.axis[axis < 0 ? axis + rank : axis] = true;
    }
    return true;
}

}  // namespace

void check_reduce(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(2, 2) || !ask.type(ask.in(0), {element_type::float32, element_type::int8}, "input") ||
        !ask.type(ask.out(), {ask.in(0).type}, "output") || !ask.not_empty(ask.in(0), "input") || !ask.quantised(ask.in(0), "input") ||
        !ask.quantised(ask.out(), "output") || !ask.type(ask.in(1), {element_type::int32}, "list of axes") ||
        !ask.constant(ask.in(1), "list of axes")) {
        return;
    }
    auto& options = std::get<reduce_options>(op.options);
    if (!resolve_axes(ask, options)) return;
    int const count = make_reduce_geometry(ask.in(0).shape, options).reduced.size();
    constexpr int most = 1 << 23;
    if (!ask.require(ask.in(0).type == element_type::float32 || count <= most, "a sum can overflow",
                     fmt::format("a result sums {} elements; a 32-bit accumulator is sure to hold the sum of {}", count, most),
                     "reduce one axis after the other")) {
        return;
    }
    options.output = ask.out().activation_quantisation();
    ask.makes(reduced_shape(ask.in(0).shape, options));
}

void evaluate_reduce(graph const& model, operation const& op, operands const& memory, bool is_mean) {
    auto const& options = std::get<reduce_options>(op.options);
    auto const g = make_reduce_geometry(model.in(op, 0).shape, options);
    visit_element(model.in(op, 0).type, [&]<class T>(std::type_identity<T>) {
        reduce_sum<T>(isa::portable{}, g, memory.out<T>(), memory.in<T>(0),
                      make_reduction<T>(model.in(op, 0).activation_quantisation(), options.output, is_mean ? g.reduced.size() : 1));
    });
}

kernel_choice reduce_kernel(graph const& model, operation const& op, bool is_mean) {
    if (model.in(op, 0).type != element_type::int8) return {};
    auto const& options = std::get<reduce_options>(op.options);
    auto const g = make_reduce_geometry(model.in(op, 0).shape, options);
    auto const by = make_reduction<std::int8_t>(model.in(op, 0).activation_quantisation(), options.output, is_mean ? g.reduced.size() : 1);
    return kernel_without_weights(model, g, by);
}

layer_text write_reduce(operation const& op, std::string_view operation) {
    auto const& options = std::get<reduce_options>(op.options);
    auto const text = options_text{"reduce_options"}
                          .field("axis", std::span<bool const>{options.axis})
                          .field("keep_dims", options.keep_dims, false)
                          .field("output", options.output)
                          .text();
    return {template_text(operation, {text}), {op.inputs[0]}};
}

std::optional<window_reading> reduce_reading(graph const& model, operation const& op) {
    if (!covers_pixels(model.in(op, 0).shape, std::get<reduce_options>(op.options))) return {};
    return window_reading{window_reading::everything};
}

std::optional<std::vector<channel_edge>> reduced_channels(graph const& model, operation const& op) {
    int const rank = model.in(op, 0).shape.rank;
    bool const mixes = rank > 0 && std::get<reduce_options>(op.options).axis[rank - 1];
    return mixes ? std::nullopt : same_channels(model, op);
}

}  // namespace inlay::tool
