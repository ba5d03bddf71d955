// SPDX-License-Identifier: MIT
#include "passes/edit.hpp"
#include "passes/passes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace inlay::tool {
namespace {

std::optional<activation_function> function_of(operation const& op) {
    if (op.kind == "RELU") return activation_function::relu;
    if (op.kind == "RELU6") return activation_function::relu6;
    if (op.kind == "RELU_N1_TO_1") return activation_function::relu_n1_to_1;
    return {};
}

/// The fused activation of an operator that has none yet; nullptr if it cannot have one.
activation_function* free_activation(operation& op) {
    activation_function* found = nullptr;
    std::visit([&]<class Options>(Options& options) {
        if constexpr (requires { options.activation; }) found = &options.activation;
    }, op.options);
    return found != nullptr && *found == activation_function::none ? found : nullptr;
}

}  // namespace

void fuse_activations(graph& model, change_log& log) {
    for (auto& op : model.operations) {
        auto const function = function_of(op);
        if (!function || !has_one_reader(model, op.inputs[0])) continue;
        auto const& in = model.in(op, 0);
        auto const& out = model.out(op);
        // An activation that also changes the scale rounds a second time.
        if (in.quantisation.scale != out.quantisation.scale || in.quantisation.zero_point != out.quantisation.zero_point) continue;
        if (in.shape != out.shape) continue;
        auto* maker = maker_of(model, op.inputs[0]);
        auto* activation = maker == nullptr || maker->kind == "CONCATENATION" ? nullptr : free_activation(*maker);
        if (activation == nullptr) continue;
        *activation = *function;
        log.push_back({op.location, fmt::format("is part of {}", maker->location)});
        maker->outputs = std::move(op.outputs);
        op.outputs.clear();
        op.inputs.clear();
    }
    std::erase_if(model.operations, [](operation const& op) { return op.outputs.empty(); });
    remove_unused(model);
}

}  // namespace inlay::tool
