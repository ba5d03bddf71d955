// SPDX-License-Identifier: MIT
#include "passes/channels.hpp"

#include "operators/executor.hpp"
#include "operators/operator.hpp"

#include <algorithm>
#include <limits>

namespace inlay::tool {

double lowest_of(element_type type) {
    return type == element_type::int8 ? -128 : -std::numeric_limits<double>::infinity();
}

double highest_of(element_type type) {
    return type == element_type::int8 ? 127 : std::numeric_limits<double>::infinity();
}

channel_rules const* rules_of(operation const& op) { return find_operator(op.kind)->channels; }

channel_table::channel_table(graph const& model) {
    channels_.reserve(model.tensors.size());
    for (auto const& tensor : model.tensors) {
        auto& channels = channels_.emplace_back(static_cast<std::size_t>(tensor.shape.last()), channel{lowest_of(tensor.type), highest_of(tensor.type), 0});
        if (tensor.is_constant) look_at_constant(tensor, channels);
        for (std::size_t c = 0; c < channels.size(); ++c) {
            std::string key = "tensor";
            append_key(key, channels_.size());
            if (tensor.is_constant && !tensor.data.empty()) {
                // Columns of a constant are equal where their bytes are.
                auto const size = static_cast<std::size_t>(bytes_of(tensor.type));
                for (std::size_t at = c * size; size > 0 && at < tensor.data.size(); at += channels.size() * size) {
                    key.append(reinterpret_cast<char const*>(tensor.data.data() + at), size);
                }
            } else {
                append_key(key, c);
            }
            set_label(channels[c], key);
        }
    }
}

void channel_table::look_at_constant(tensor_description const& tensor, std::vector<channel>& channels) {
    auto const look = [&](auto values) {
        for (auto& each : channels) each.lowest = std::numeric_limits<double>::infinity(), each.highest = -each.lowest;
        for (std::size_t i = 0; i < values.size(); ++i) {
            auto& each = channels[i % channels.size()];
            each.lowest = std::min(each.lowest, static_cast<double>(values[i]));
            each.highest = std::max(each.highest, static_cast<double>(values[i]));
        }
    };
    if (tensor.data.empty()) return;
    if (tensor.type == element_type::int8) look(tensor.values<std::int8_t>());
    if (tensor.type == element_type::float32) look(tensor.values<float>());
}

int channel_table::label(std::string const& key) { return labels_.try_emplace(key, static_cast<int>(labels_.size())).first->second; }

void channel_table::set_label(channel& of, std::string const& key) {
    if (!of.is_constant()) {
        of.label = label(key);
        return;
    }
    std::string value = "value";
    append_key(value, of.lowest);
    of.label = label(value);
}

void channel_table::need(int tensor, int index) {
    auto& needed = of(tensor)[static_cast<std::size_t>(index)].needed;
    grew_ = grew_ || !needed;
    needed = true;
}

void channel_table::need_all(int tensor) {
    for (std::size_t c = 0; c < of(tensor).size(); ++c) need(tensor, static_cast<int>(c));
}

void channel_table::follow(graph const& model) {
    for (std::size_t t = channels_.size(); t < model.tensors.size(); ++t) {
        auto const& tensor = model.tensors[t];
        channels_.emplace_back(static_cast<std::size_t>(tensor.shape.last()), channel{lowest_of(tensor.type), highest_of(tensor.type), 0, true});
    }
}

std::vector<int> channel_table::kept(int tensor) const {
    std::vector<int> kept;
    for (std::size_t c = 0; c < of(tensor).size(); ++c) {
        if (of(tensor)[c].needed) kept.push_back(static_cast<int>(c));
    }
    return kept;
}

void infer_channels(graph const& model, channel_table& table) {
    executor host{model};
    for (auto const& op : model.operations) {
        if (auto const* rules = rules_of(op)) rules->infer(model, op, table, host);
    }
}

namespace {

void grow_to_fixpoint(graph const& model, channel_table& table) {
    do {
        table.clear_grew();
        for (auto op = model.operations.rbegin(); op != model.operations.rend(); ++op) {
            if (auto const* rules = rules_of(*op)) rules->require(model, *op, table);
        }
    } while (table.grew());
}

}  // namespace

void mark_needed_channels(graph const& model, channel_table& table) {
    for (int const t : model.inputs) table.need_all(t);
    for (int const t : model.outputs) table.need_all(t);
    for (std::size_t t = 0; t < model.tensors.size(); ++t) {
        if (model.tensors[t].is_constant || model.tensors[t].is_variable) table.need_all(static_cast<int>(t));
    }
    for (auto const& op : model.operations) {
        if (rules_of(op) != nullptr) continue;
        for (int const t : op.inputs) {
            if (t != operation::absent) table.need_all(t);
        }
        for (int const t : op.outputs) table.need_all(t);
    }
    grow_to_fixpoint(model, table);
    // A tensor without any channel is none.
    for (std::size_t t = 0; t < model.tensors.size(); ++t) {
        if (table.of(static_cast<int>(t)).empty() || !table.kept(static_cast<int>(t)).empty()) continue;
        table.need(static_cast<int>(t), 0);
        grow_to_fixpoint(model, table);
    }
}

}  // namespace inlay::tool
