// SPDX-License-Identifier: MIT
//
// Groups of layers that are computed together; the tool makes them itself.
#include "model/streaming.hpp"
#include "operators/executor.hpp"
#include "operators/supports.hpp"

namespace inlay::tool {
namespace {

/// With the tensors between the layers whole.
void evaluate(graph const& model, operation const& op, operands const& memory) {
    for (auto const& each : op.layers) run_operation(model, each, memory.all());
}

std::int64_t macs(graph const& model, operation const& op) {
    std::int64_t sum = 0;
    for (auto const& each : op.layers) {
        if (auto* const macs = find_operator(each.kind)->macs) sum += macs(model, each);
    }
    return sum;
}

overlap_rule overlap(graph const& model, operation const& op, traversal order, std::size_t) {
    if (order != traversal::forward) return nowhere;
    auto const plan = plan_stream(model, op.layers, reads_fed(model, op));
    return forward_overlap(static_cast<int>(model.in(op, 0).bytes()), static_cast<int>(model.out(op).bytes()), plan.distance);
}

int scratch(graph const& model, operation const& op, traversal order) {
    return order == traversal::forward ? plan_stream(model, op.layers, reads_fed(model, op)).kept_bytes : 0;
}

}  // namespace

operator_support const streamed_support{
    .kind = "STREAMED", .check = nullptr, .evaluate = evaluate, .write = nullptr, .macs = macs, .overlap = overlap, .scratch = scratch};

}  // namespace inlay::tool
