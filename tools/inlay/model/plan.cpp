// SPDX-License-Identifier: MIT
#include "model/plan.hpp"

#include "operators/operator.hpp"

#include <inlay/graph/memory_plan.hpp>

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <numeric>

namespace inlay::tool {
namespace {

/// Blocks in the order of their first step; step 0 is before the run, operation i runs in step i + 1.
std::vector<block> blocks_of(graph const& model) {
    int const steps = static_cast<int>(model.operations.size()) + 2;
    std::vector<int> owner(model.tensors.size());
    std::iota(owner.begin(), owner.end(), 0);
    std::vector<block> life(model.tensors.size(), block{0, -1, -1});
    auto const make = [&](int t, int step, int last) {
        auto const& tensor = model.tensors[static_cast<std::size_t>(t)];
        if (!tensor.is_constant) life[static_cast<std::size_t>(t)] = {tensor.shape.size() * bytes_of(tensor.type), step, last};
    };
    auto const read = [&](int t, int step) {
        if (t == operation::absent || model.tensors[static_cast<std::size_t>(t)].is_constant) return;
        auto& last = life[static_cast<std::size_t>(owner[static_cast<std::size_t>(t)])].last;
        last = std::max(last, step);
    };
    for (int const t : model.inputs) make(t, 0, 0);
    for (std::size_t t = 0; t < model.tensors.size(); ++t) {
        if (model.tensors[t].is_variable) make(static_cast<int>(t), 0, steps - 1);
    }
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        auto const& op = model.operations[i];
        int const step = static_cast<int>(i) + 1;
        bool const is_alias = find_operator(op.kind)->is_alias;
        if (is_alias) {
            owner[static_cast<std::size_t>(op.outputs[0])] = owner[static_cast<std::size_t>(op.inputs[0])];
        }
        for (int const t : op.inputs) read(t, step);
        if (is_alias) continue;
        for (int const t : op.outputs) make(t, step, step);
    }
    for (int const t : model.outputs) read(t, steps - 1);

    std::vector<block> blocks;
    for (auto const& each : life) {
        if (each.first >= 0) blocks.push_back(each);
    }
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        int const step = static_cast<int>(i) + 1;
        int const words = kernel_for(model, model.operations[i]).scratch_words;
        if (words > 0) blocks.push_back({words * 4, step, step});
    }
    std::ranges::stable_sort(blocks, {}, &block::first);
    return blocks;
}

int planned_bytes(std::vector<block> const& blocks) {
    std::vector<int> offsets(blocks.size());
    auto const sizes = planning::measure(blocks, offsets);
    std::vector<int> room(sizes.room());
    return plan_memory(blocks, sizes, room, offsets);
}

}  // namespace

void check_memory(graph const& model, report& problems) {
    constexpr std::int64_t most = std::int64_t{1} << 28;
    std::vector<std::int64_t> change(model.operations.size() + 3);
    for (auto const& each : blocks_of(model)) {
        change[static_cast<std::size_t>(each.first)] += each.bytes;
        change[static_cast<std::size_t>(each.last) + 1] -= each.bytes;
    }
    std::int64_t live = 0;
    for (std::size_t step = 0; step < change.size(); ++step) {
        live += change[step];
        if (live <= most) continue;
        bool const runs = step >= 1 && step <= model.operations.size();
        problems.add(runs ? model.operations[step - 1].location : "", fmt::format("{} MiB of tensors are alive at once", live >> 20),
                     fmt::format("inlay plans memory of up to {} MiB", most >> 20), "use smaller tensors: a smaller input, fewer channels");
        return;
    }
}

plan_summary summarise_plan(graph const& model) {
    auto const blocks = blocks_of(model);
    int const steps = static_cast<int>(model.operations.size()) + 2;
    plan_summary summary;
    summary.arena_bytes = planned_bytes(blocks);
    for (int step = 1; step < steps - 1; ++step) {
        int live = 0;
        for (auto const& each : blocks) {
            if (each.first <= step && step <= each.last) live += each.bytes;
        }
        summary.live_bytes.push_back(live);
    }
    return summary;
}

}  // namespace inlay::tool
