// SPDX-License-Identifier: MIT
//
// What ADD, SUB and MUL have in common.
#pragma once

#include "operators/elements.hpp"
#include "operators/operator.hpp"

#include <inlay/kernels/arm_fp/elementwise_choice.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace inlay::tool {

/// Everything but whether the scales fit the operator's arithmetic.
bool check_elementwise_operands(graph& model, operation& op, report& problems);

void report_scales(graph const& model, operation const& op, report& problems);

std::optional<window_reading> read_same_shapes(graph const& model, operation const& op);
overlap_rule overlap_elementwise(graph const& model, operation const& op, traversal order, std::size_t k);

/// The layer `operation<elementwise_options{...}>`.
layer_text write_elementwise(operation const& op, std::string_view operation);

/// Calls visit with the kernel's function of two elements, as `make(std::type_identity<T>, a, b, options)` gives it.
template <class T, class Make>
auto arithmetic_of(graph const& model, operation const& op, Make make) {
    return make(std::type_identity<T>{}, model.in(op, 0).activation_quantisation(), model.in(op, 1).activation_quantisation(),
                std::get<elementwise_options>(op.options));
}

template <class Make>
void check_elementwise(graph& model, operation& op, report& problems, Make make) {
    if (!check_elementwise_operands(model, op, problems) || model.in(op, 0).type != element_type::int8) return;
    if (!arithmetic_of<std::int8_t>(model, op, make).is_exact()) report_scales(model, op, problems);
}

template <class Make>
void evaluate_elementwise(graph const& model, operation const& op, operands const& memory, Make make) {
    auto const g = make_elementwise_geometry(model.in(op, 0).shape, model.in(op, 1).shape);
    visit_element(model.in(op, 0).type, [&]<class T>(std::type_identity<T>) {
        combine(isa::portable{}, g, memory.out<T>(), memory.in<T>(0), memory.in<T>(1), arithmetic_of<T>(model, op, make));
    });
}

template <class Make>
kernel_choice elementwise_kernel(graph const& model, operation const& op, Make make) {
    auto const g = make_elementwise_geometry(model.in(op, 0).shape, model.in(op, 1).shape);
    kernel_choice kernel;
    visit_element(model.in(op, 0).type, [&]<class T>(std::type_identity<T>) { kernel = kernel_without_weights(model, g, arithmetic_of<T>(model, op, make)); });
    return kernel;
}

}  // namespace inlay::tool
