// SPDX-License-Identifier: MIT
#include "passes/prepare.hpp"

#include "model/plan.hpp"
#include "operators/executor.hpp"
#include "operators/operator.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <variant>

namespace inlay::tool {
namespace {

std::string known_operators() {
    std::vector<std::string_view> names;
    for (auto const* support : all_operators()) names.push_back(support->kind);
    std::ranges::sort(names);
    return fmt::format("{}", fmt::join(names, ", "));
}

bool is_constant(graph const& model, operation const& op) {
    return std::ranges::all_of(op.inputs, [&](int t) { return t == operation::absent || model.tensors[static_cast<std::size_t>(t)].is_constant; });
}

/// Bytes of all results.
std::int64_t result_bytes(graph const& model, operation const& op) {
    std::int64_t bytes = 0;
    for (std::size_t k = 0; k < op.outputs.size(); ++k) bytes += static_cast<std::int64_t>(model.out(op, k).bytes());
    return bytes;
}

/// About the steps of one run.
std::int64_t work(graph const& model, operation const& op) {
    auto const macs = find_operator(op.kind)->macs;
    auto const* const pool = std::get_if<pool2d_options>(&op.options);
    return (macs ? macs(model, op) : 0) + result_bytes(model, op) * (pool ? std::int64_t{pool->filter_h} * pool->filter_w : 1);
}

/// Whether the tool may run the operation itself. What it leaves to the device is right, too, but no real model has such an operation.
bool is_small(graph const& model, operation const& op) {
    constexpr std::int64_t most_bytes = 1 << 22;
    constexpr std::int64_t most_work = 1 << 28;
    return result_bytes(model, op) <= most_bytes && work(model, op) <= most_work;
}

}  // namespace

void check_operations(graph& model, report& problems) {
    bool const tensors_are_known = problems.empty();
    bool listed = false;  // the operators that inlay has, with the first problem only
    for (auto& op : model.operations) {
        if (auto const* support = find_operator(op.kind)) {
            if (tensors_are_known) support->check(model, op, problems);
        } else {
            problems.add(op.location, "operator not supported", listed ? "it is not among those listed above" : "inlay has " + known_operators(),
                         "export the model without it, or split it in front of the operator");
            listed = true;
        }
    }
    if (problems.empty()) check_memory(model, problems);
}

void fold_constants(graph& model) {
    std::vector<std::byte*> memory(model.tensors.size());
    std::vector<operation> kept;
    for (auto& op : model.operations) {
        if (op.inputs.empty() || !is_constant(model, op) || !is_small(model, op)) {
            kept.push_back(std::move(op));
            continue;
        }
        for (int const t : op.outputs) {
            auto& result = model.tensors[static_cast<std::size_t>(t)];
            result.data.resize(result.bytes());
        }
        for (auto const& operands : {op.inputs, op.outputs}) {
            for (int const t : operands) {
                if (t != operation::absent) memory[static_cast<std::size_t>(t)] = model.tensors[static_cast<std::size_t>(t)].data.data();
            }
        }
        run_operation(model, op, memory);
        for (int const t : op.outputs) model.tensors[static_cast<std::size_t>(t)].is_constant = true;
    }
    model.operations = std::move(kept);
}

}  // namespace inlay::tool
