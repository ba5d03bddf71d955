// SPDX-License-Identifier: MIT
#include "operators/operator.hpp"
#include "passes/channels.hpp"
#include "passes/edit.hpp"
#include "passes/passes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>

namespace inlay::tool {
namespace {

bool simplify(graph& model, channel_table const& table, change_log& log) {
    bool changed = false;
    for (auto& op : model.operations) {
        auto const* rules = rules_of(op);
        if (rules != nullptr && rules->simplify != nullptr) changed = rules->simplify(model, op, table, log) || changed;
    }
    return changed;
}

/// The channels that a tensor has left, by their numbers in the model as it was read.
using origins = std::vector<std::vector<int>>;

/// Which channels of a tensor go, and why.
std::string describe_removal(channel_table const& table, int t, std::vector<int> const& origin) {
    auto const& channels = table.of(t);
    std::map<int, int> kept_by_label;
    for (std::size_t c = 0; c < channels.size(); ++c) {
        if (channels[c].needed) kept_by_label.try_emplace(channels[c].label, origin[c]);
    }
    std::vector<int> unread;
    std::map<double, std::vector<int>> constant;
    std::map<int, std::vector<int>> equal;
    for (std::size_t c = 0; c < channels.size(); ++c) {
        if (channels[c].needed) continue;
        auto const twin = kept_by_label.find(channels[c].label);
        if (channels[c].is_constant()) {
            constant[channels[c].lowest].push_back(origin[c]);
        } else if (twin != kept_by_label.end()) {
            equal[twin->second].push_back(origin[c]);
        } else {
            unread.push_back(origin[c]);
        }
    }
    auto text = fmt::format("{} of {} channels stay", table.kept(t).size(), channels.size());
    for (auto const& [value, of] : constant) text += fmt::format("\nalways {}: {}", value, list_of(of));
    for (auto const& [twin, of] : equal) text += fmt::format("\nequal to {}: {}", twin, list_of(of));
    if (!unread.empty()) text += fmt::format("\nread by nothing: {}", list_of(unread));
    return text;
}

bool remove_channels(graph& model, channel_table const& table, origins& origin, change_log& log) {
    std::vector<bool> shrinks(model.tensors.size());
    for (std::size_t t = 0; t < shrinks.size(); ++t) {
        auto const& tensor = model.tensors[t];
        shrinks[t] = !tensor.is_constant && tensor.shape.rank > 0 && table.kept(static_cast<int>(t)).size() < table.of(static_cast<int>(t)).size();
    }
    if (std::ranges::find(shrinks, true) == shrinks.end()) return false;

    for (auto& op : model.operations) {
        for (int const t : op.outputs) {
            if (shrinks[static_cast<std::size_t>(t)]) log.push_back({op.location, describe_removal(table, t, origin[static_cast<std::size_t>(t)])});
        }
        if (auto const* rules = rules_of(op)) rules->keep(model, op, table);
    }
    for (std::size_t t = 0; t < shrinks.size(); ++t) {
        if (!shrinks[t]) continue;
        auto const kept = table.kept(static_cast<int>(t));
        auto& shape = model.tensors[t].shape;
        shape[shape.rank - 1] = static_cast<int>(kept.size());
        std::vector<int> left;
        for (int const c : kept) left.push_back(origin[t][static_cast<std::size_t>(c)]);
        origin[t] = std::move(left);
    }
    for (auto& op : model.operations) {
        if (auto* options = std::get_if<reshape_options>(&op.options)) {
            options->to = model.out(op).shape;
            if (op.kind == "RESHAPE") op.inputs.resize(1);  // the shape in the options counts
        }
    }
    return true;
}

}  // namespace

void shrink_channels(graph& model, change_log& log) {
    origins origin;
    for (auto const& tensor : model.tensors) {
        origin.emplace_back(static_cast<std::size_t>(tensor.shape.last()));
        std::iota(origin.back().begin(), origin.back().end(), 0);
    }
    // Each round takes something away, so there is an end to it.
    for (bool changed = true; changed;) {
        channel_table table{model};
        infer_channels(model, table);
        changed = simplify(model, table, log);
        table.follow(model);
        origin.resize(model.tensors.size());
        mark_needed_channels(model, table);
        changed = remove_channels(model, table, origin, log) || changed;
    }
    remove_unused(model);
}

}  // namespace inlay::tool
