// SPDX-License-Identifier: MIT
#include "passes/prepare.hpp"

#include "operators/executor.hpp"
#include "operators/operator.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

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

}  // namespace

void check_operations(graph& model, report& problems) {
    for (auto& op : model.operations) {
        if (auto const* support = find_operator(op.kind)) {
            support->check(model, op, problems);
        } else {
            problems.add(op.location, "operator not supported", "inlay has " + known_operators(),
                         "export the model with these, or split it in front of the operator");
        }
    }
}

void fold_constants(graph& model) {
    std::vector<operation> kept;
    for (auto& op : model.operations) {
        if (op.inputs.empty() || !is_constant(model, op)) {
            kept.push_back(std::move(op));
            continue;
        }
        executor portable{model};
        portable.run_one(op);
        for (int const t : op.outputs) {
            auto& result = model.tensors[static_cast<std::size_t>(t)];
            auto const bytes = portable.bytes(t);
            result.data.assign(bytes.begin(), bytes.end());
            result.is_constant = true;
        }
    }
    model.operations = std::move(kept);
}

}  // namespace inlay::tool
