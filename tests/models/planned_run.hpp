// SPDX-License-Identifier: MIT
//
// Runs a model's operations inside the planned arena, so that everything a plan may get wrong shows: before each operation
// noise is written over all bytes that are dead, and after it the bytes that must not have changed are compared.
#pragma once

#include "model/plan.hpp"
#include "operators/executor.hpp"
#include "operators/operator.hpp"
#include "streamed_run.hpp"

#include <cstddef>
#include <cstring>
#include <random>
#include <string>
#include <vector>

namespace inlay::test {

class planned_run {
public:
    planned_run(tool::graph const& model, tool::memory_layout const& layout)
        : model_{model}, layout_{layout}, arena_(guard + static_cast<std::size_t>(layout.arena_bytes) + guard), memory_(model.tensors.size()) {
        noise(0, arena_.size());
        for (std::size_t t = 0; t < model.tensors.size(); ++t) {
            if (model.tensors[t].is_constant) memory_[t] = const_cast<std::byte*>(model.tensors[t].data.data());
            if (auto const* block = layout.of_tensor(static_cast<int>(t))) memory_[t] = arena_.data() + guard + block->offset;
        }
        if (model.is_fed) {
            fed_.resize(model.tensors[index(model.inputs[0])].bytes());
            memory_[index(model.inputs[0])] = fed_.data();
        }
        for (auto const& op : model.operations) {
            if (tool::find_operator(op.kind)->is_alias) memory_[index(op.outputs[0])] = memory_[index(op.inputs[0])];
        }
    }

    /// The bytes of a tensor; an input is to be written before the first operation.
    std::byte* bytes(int tensor) { return memory_[index(tensor)]; }

    /// Runs operation i. What it broke; nothing if all is well.
    std::string step(int i) {
        auto const& op = model_.operations[index(i)];
        int const now = i + 1;
        std::vector<bool> needed(arena_.size());
        for (auto const& block : layout_.blocks) {
            bool const is_read = block.first < now && block.last >= now;
            for (int b = 0; is_read && b < block.bytes; ++b) needed[guard + index(block.offset + b)] = true;
        }
        for (std::size_t b = guard; b < guard + index(layout_.arena_bytes); ++b) {
            if (!needed[b]) arena_[b] = static_cast<std::byte>(random_());
        }
        auto const before = arena_;
        auto const& support = *tool::find_operator(op.kind);
        auto const* scratch = layout_.scratch_of(i);
        if (!op.layers.empty()) {
            streamed_run{model_, op, bytes(op.inputs[0]), bytes(op.outputs[0]), scratch ? arena_.data() + guard + scratch->offset : nullptr}.run();
        } else if (!support.is_alias) {
            support.evaluate(model_, op, tool::operands{op, memory_, layout_.order[index(i)], scratch ? arena_.data() + guard + scratch->offset : nullptr});
        }
        std::vector<bool> kept(arena_.size());
        for (std::size_t b = 0; b < arena_.size(); ++b) kept[b] = b < guard || b >= guard + index(layout_.arena_bytes);
        for (auto const& block : layout_.blocks) {
            for (int b = 0; block.first < now && block.last > now && b < block.bytes; ++b) kept[guard + index(block.offset + b)] = true;
        }
        for (std::size_t b = 0; b < arena_.size(); ++b) {
            if (kept[b] && arena_[b] != before[b]) return op.location + ": writes to byte " + std::to_string(static_cast<long>(b) - static_cast<long>(guard));
        }
        return "";
    }

private:
    static constexpr std::size_t guard = 64;

    static std::size_t index(int i) { return static_cast<std::size_t>(i); }

    void noise(std::size_t from, std::size_t to) {
        for (; from < to; ++from) arena_[from] = static_cast<std::byte>(random_());
    }

    tool::graph const& model_;
    tool::memory_layout const& layout_;
    std::mt19937 random_{7};
    std::vector<std::byte> arena_;
    std::vector<std::byte> fed_;  ///< the input that is never in the arena
    std::vector<std::byte*> memory_;
};

/// Runs a model in its planned arena and in memory of its own. The first operation whose results differ, or that broke
/// something; nothing if there is none.
inline std::string compare_with_unplanned(tool::graph const& model, tool::memory_layout const& layout, unsigned seed) {
    std::mt19937 random{seed};
    tool::executor apart{model};
    planned_run planned{model, layout};
    for (int const t : model.inputs) {
        auto const input = apart.bytes(t);
        for (auto& each : input) each = static_cast<std::byte>(random());
        std::memcpy(planned.bytes(t), input.data(), input.size());
    }
    std::string wrong;
    int next = 0;
    apart.run([&](tool::operation const& op) {
        int const i = next++;
        if (!wrong.empty()) return;
        wrong = planned.step(i);
        for (int const t : op.outputs) {
            auto const wanted = apart.bytes(t);
            if (wrong.empty() && std::memcmp(planned.bytes(t), wanted.data(), wanted.size()) != 0) {
                wrong = op.location + ": differs from the run without a plan";
            }
        }
    });
    return wrong;
}

}  // namespace inlay::test
