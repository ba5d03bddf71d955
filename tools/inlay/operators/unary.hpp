// SPDX-License-Identifier: MIT
//
// What operators that map each element by itself have in common. Each gives `make(std::type_identity<T>, model, op)`: the
// function of an element of type T, as the device library has it.
#pragma once

#include "operators/checks.hpp"
#include "operators/elements.hpp"
#include "operators/operator.hpp"

#include <inlay/kernels/overlap.hpp>
#include <inlay/kernels/unary.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace inlay::tool {

/// Asks for an input of one of these types and an output of that type, quantisation where they are int8, and the same rows.
bool check_unary_operands(operation_checker const& ask, std::initializer_list<element_type> accepted, element_type made);
bool check_unary_operands(operation_checker const& ask);

/// Asks whether the scales lie where the function's arithmetic holds, and whether the output has the quantisation that the
/// operator's results always have, if it is such an operator.
bool require_scales(operation_checker const& ask, bool is_exact);
bool require_result_quantisation(operation_checker const& ask, affine wanted);

/// Of any operator that makes element i from element i, or from those behind it.
overlap_rule overlap_unary(graph const& model, operation const& op, traversal order, std::size_t k);

/// The operation in the header, with the result's shape where it is not the input's: `reshaped<shape{1, 2}, softmax<...>>`.
std::string in_rows(graph const& model, operation const& op, std::string operation);

/// From int8 to int8: a table.
kernel_choice table_kernel(graph const& model, operation const& op);

/// Element by element, if the shape stays.
std::optional<window_reading> read_elementwise(graph const& model, operation const& op);

/// The layer `operation<unary_options{...}>`.
layer_text write_unary(graph const& model, operation const& op, std::string_view operation);

/// The quantisation of the operation's input and output.
inline affine quantisation_in(graph const& model, operation const& op) { return model.in(op, 0).activation_quantisation(); }
inline affine quantisation_out(graph const& model, operation const& op) { return model.out(op).activation_quantisation(); }

/// The check of an operator from float to float and from int8 to int8.
template <class Make>
void check_unary(graph& model, operation& op, report& problems, Make make) {
    operation_checker const ask{model, op, problems};
    if (!check_unary_operands(ask)) return;
    std::visit([&]<class Options>(Options& options) {
        if constexpr (requires { options.output; }) options.output = quantisation_out(model, op);
    }, op.options);
    if (ask.in(0).type != element_type::int8) return;
    auto const function = make(std::type_identity<std::int8_t>{}, model, op);
    if (!require_scales(ask, function.is_exact())) return;
    if constexpr (requires { decltype(function)::result_quantisation; }) {
        require_result_quantisation(ask, decltype(function)::result_quantisation);
    }
}

/// Runs the kernel from elements of type In to elements of type Out.
template <class Out, class In, class Function>
void transform_elements(graph const& model, operation const& op, operands const& memory, Function const& function) {
    int const count = model.in(op, 0).shape.size();
    if constexpr (std::is_same_v<Out, std::int8_t> && std::is_same_v<In, std::int8_t>) {
        look_up(isa::portable{}, count, memory.out<Out>(), memory.in<In>(0), make_int8_table(function));
    } else {
        transform(isa::portable{}, count, memory.out<Out>(), memory.in<In>(0), function);
    }
}

template <class Make>
void evaluate_unary(graph const& model, operation const& op, operands const& memory, Make make) {
    visit_element(model.in(op, 0).type,
                  [&]<class T>(std::type_identity<T> type) { transform_elements<T, T>(model, op, memory, make(type, model, op)); });
}

}  // namespace inlay::tool
