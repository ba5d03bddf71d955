// SPDX-License-Identifier: MIT
#include "model/accesses.hpp"

#include "operators/operator.hpp"

#include <algorithm>
#include <numeric>
#include <variant>

namespace inlay::tool {
namespace {

std::int64_t reads_of(graph const& model, operation const& op, std::size_t k);

/// What the inner layers of a group read, of which the scratch holds what they keep.
std::int64_t reads_inside(graph const& model, operation const& group) {
    std::int64_t sum = 0;
    for (auto const& layer : group.layers) sum += reads_of(model, layer, 0);
    return sum;
}

/// How often an operation reads elements of its input k.
std::int64_t reads_of(graph const& model, operation const& op, std::size_t k) {
    if (!op.layers.empty()) return k == 0 ? reads_of(model, op.layers[0], 0) : model.in(op, k).shape.size();
    auto const macs = find_operator(op.kind)->macs;
    if (macs != nullptr && k == 0) return macs(model, op);
    if (auto const* pool = std::get_if<pool2d_options>(&op.options)) {
        return std::int64_t{model.out(op).shape.size()} * pool->filter_h * pool->filter_w;
    }
    return std::max(model.in(op, k).shape.size(), model.out(op).shape.size());
}

}  // namespace

std::vector<std::int64_t> count_accesses(graph const& model, std::vector<placed_block> const& blocks) {
    std::vector<int> owner(model.tensors.size());
    std::iota(owner.begin(), owner.end(), 0);
    std::vector<std::int64_t> of_tensor(model.tensors.size());
    std::vector<std::int64_t> of_scratch(model.operations.size());
    auto const count = [&](int t, std::int64_t times) { of_tensor[static_cast<std::size_t>(owner[static_cast<std::size_t>(t)])] += times; };
    auto const elements = [&](int t) { return std::int64_t{model.tensors[static_cast<std::size_t>(t)].shape.size()}; };
    // The application writes the inputs and reads the outputs.
    for (int const t : model.inputs) count(t, elements(t));
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        auto const& op = model.operations[i];
        if (find_operator(op.kind)->is_alias) {
            owner[static_cast<std::size_t>(op.outputs[0])] = owner[static_cast<std::size_t>(op.inputs[0])];
            continue;
        }
        for (std::size_t k = 0; k < op.inputs.size(); ++k) {
            if (op.inputs[k] != operation::absent) count(op.inputs[k], reads_of(model, op, k));
        }
        for (int const t : op.outputs) count(t, elements(t));
        // A kernel of its own widens what it reads into scratch; in place, each element of the result waits there.
        of_scratch[i] = !op.layers.empty() ? reads_inside(model, op) : kernel_for(model, op).is_portable() ? 2 * elements(op.outputs[0]) : reads_of(model, op, 0);
    }
    for (int const t : model.outputs) count(t, elements(t));

    std::vector<std::int64_t> counts;
    for (auto const& block : blocks) {
        counts.push_back(block.tensor >= 0 ? of_tensor[static_cast<std::size_t>(block.tensor)] : of_scratch[static_cast<std::size_t>(block.operation)]);
    }
    return counts;
}

}  // namespace inlay::tool
