// SPDX-License-Identifier: MIT
#include "operators/operator.hpp"
#include "passes/edit.hpp"
#include "passes/passes.hpp"

#include <algorithm>

namespace inlay::tool {
namespace {

bool same_quantisation(tensor_description const& a, tensor_description const& b) {
    return a.quantisation.scale == b.quantisation.scale && a.quantisation.zero_point == b.quantisation.zero_point;
}

/// Whether the output is the input, element by element, in the same place.
bool is_copy(graph const& model, operation const& op) {
    auto const& in = model.in(op, 0);
    auto const& out = model.out(op);
    bool const moves_nothing = find_operator(op.kind)->is_alias || op.kind == "QUANTIZE";
    return moves_nothing && in.type == out.type && in.shape == out.shape && same_quantisation(in, out);
}

/// Whether axes of more than one position keep their order: then all elements stay where they are.
bool keeps_order(graph const& model, operation const& op) {
    auto const& permutation = std::get<transpose_options>(op.options).permutation;
    int last = -1;
    for (int axis = 0; axis < model.in(op, 0).shape.rank; ++axis) {
        if (model.in(op, 0).shape[permutation[axis]] == 1) continue;
        if (permutation[axis] < last) return false;
        last = permutation[axis];
    }
    return true;
}

void become_reshape(graph const& model, operation& op) {
    op.kind = "RESHAPE";
    op.version = 1;
    op.inputs.resize(1);
    op.options = reshape_options{model.out(op).shape};
}

/// Makes one tensor of a copy's input and output; says whether it could.
bool unite(graph& model, operation const& op) {
    int const in = op.inputs[0];
    int const out = op.outputs[0];
    if (!is_output(model, out)) {
        redirect_readers(model, out, in);
        return true;
    }
    // The application knows the output: its name stays, and the maker of the input writes it.
    auto const& from = tensor_at(model, in);
    if (is_output(model, in) || is_input(model, in) || from.is_constant || from.is_variable) return false;
    auto* maker = maker_of(model, in);
    std::ranges::replace(maker->outputs, in, out);
    redirect_readers(model, in, out);
    return true;
}

/// Whether the operation computes the same from its first input under any shape that holds the elements in this order.
bool ignores_shape(graph const& model, operation const& op, int before) {
    if (find_operator(op.kind)->is_alias) return op.kind == "RESHAPE";
    if (find_operator(op.kind)->keeps_rows) return same_rows(tensor_at(model, before).shape, model.out(op).shape);
    if (op.kind != "FULLY_CONNECTED" || op.inputs[0] == op.inputs[1]) return false;
    return fully_connected_shape(tensor_at(model, before).shape, model.in(op, 1).shape, false) == model.out(op).shape;
}

}  // namespace

void rename_copies(graph& model, change_log& log) {
    for (auto& op : model.operations) {
        if (op.kind == "TRANSPOSE" && keeps_order(model, op)) {
            become_reshape(model, op);
            log.push_back({op.location, "moves no element: a RESHAPE"});
        }
    }
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        auto const op = model.operations[i];
        if (is_copy(model, op) && unite(model, op)) {
            log.push_back({op.location, "copies its input: gone"});
            model.operations.erase(model.operations.begin() + static_cast<std::ptrdiff_t>(i--));
        }
    }
    for (auto const& op : model.operations) {
        if (!find_operator(op.kind)->is_alias || !same_quantisation(model.in(op, 0), model.out(op))) continue;
        for (auto const reader : readers_of(model, op.outputs[0])) {
            auto& by = model.operations[reader];
            if (by.inputs[0] != op.outputs[0] || std::ranges::count(by.inputs, op.outputs[0]) != 1 || !ignores_shape(model, by, op.inputs[0])) continue;
            by.inputs[0] = op.inputs[0];
            if (by.kind == "RESHAPE") by.inputs.resize(1);
            if (auto* options = std::get_if<fully_connected_options>(&by.options)) options->keep_num_dims = false;
            log.push_back({op.location, "its reader takes the elements in any shape: " + by.location});
        }
    }
    remove_unused(model);
}

}  // namespace inlay::tool
