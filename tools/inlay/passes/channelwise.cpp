// SPDX-License-Identifier: MIT
#include "passes/channelwise.hpp"

#include "operators/executor.hpp"
#include "passes/edit.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <set>

namespace inlay::tool {
namespace {

using edge_list = std::vector<channel_edge>;

bool is_computed(element_type type) { return type == element_type::int8 || type == element_type::float32; }

/// The tensors that an operation reads and that are computed, each once.
std::set<int> computed_operands(graph const& model, edge_list const& edges, operation const& op) {
    std::set<int> tensors;
    for (auto const& edge : edges) {
        int const t = op.inputs[static_cast<std::size_t>(edge.operand)];
        if (!tensor_at(model, t).is_constant) tensors.insert(t);
    }
    return tensors;
}

void fill(graph const& model, int t, executor& host, std::function<double(std::size_t channel)> const& value) {
    auto const bytes = host.bytes(t);
    auto const channels = static_cast<std::size_t>(tensor_at(model, t).shape.last());
    auto const fill_as = [&]<class T>(T* elements) {
        std::vector<T> pixel(channels);
        for (std::size_t c = 0; c < channels; ++c) pixel[c] = static_cast<T>(value(c));
        for (std::size_t i = 0; i < bytes.size() / sizeof(T); ++i) elements[i] = pixel[i % channels];
    };
    if (tensor_at(model, t).type == element_type::int8) {
        fill_as(reinterpret_cast<std::int8_t*>(bytes.data()));
    } else {
        fill_as(reinterpret_cast<float*>(bytes.data()));
    }
}

/// The least and the largest element of each output channel in a series of runs.
class seen_ranges {
public:
    explicit seen_ranges(std::size_t channels)
        : lowest(channels, std::numeric_limits<double>::infinity()), highest(channels, -std::numeric_limits<double>::infinity()) {}

    void run(graph const& model, operation const& op, executor& host) {
        host.run_one(op);
        auto const bytes = host.bytes(op.outputs[0]);
        auto const look = [&]<class T>(T const* elements) {
            for (std::size_t i = 0; i < bytes.size() / sizeof(T); ++i) {
                auto const c = i % lowest.size();
                lowest[c] = std::min(lowest[c], static_cast<double>(elements[i]));
                highest[c] = std::max(highest[c], static_cast<double>(elements[i]));
            }
        };
        if (model.out(op).type == element_type::int8) {
            look(reinterpret_cast<std::int8_t const*>(bytes.data()));
        } else {
            look(reinterpret_cast<float const*>(bytes.data()));
        }
    }

    std::vector<double> lowest;
    std::vector<double> highest;
};

/// The function's results at the ends of the inputs' ranges: a monotone function has its extremes there.
void run_at_corners(graph const& model, operation const& op, channel_table const& table, executor& host, std::set<int> const& tensors, seen_ranges& seen) {
    // Of more than two operands every one is only passed on (CONCATENATION): all low and all high tell everything.
    unsigned const corners = tensors.size() > 2 ? 2 : 1U << tensors.size();
    for (unsigned corner = 0; corner < corners; ++corner) {
        unsigned bit = 0;
        for (int const t : tensors) {
            bool const high = tensors.size() > 2 ? corner == 1 : (corner >> bit++ & 1) == 1;
            fill(model, t, host, [&](std::size_t c) { return high ? table.of(t)[c].highest : table.of(t)[c].lowest; });
        }
        seen.run(model, op, host);
    }
}

/// The function's results for every number that its one int8 operand can have.
void run_at_all_values(graph const& model, operation const& op, channel_table const& table, executor& host, int t, seen_ranges& seen) {
    auto const& in = table.of(t);
    double const first = std::ranges::min(in, {}, &channel::lowest).lowest;
    double const last = std::ranges::max(in, {}, &channel::highest).highest;
    for (double value = first; value <= last; ++value) {
        fill(model, t, host, [&](std::size_t c) { return std::clamp(value, in[c].lowest, in[c].highest); });
        seen.run(model, op, host);
    }
}

/// Whether an output channel is made of constant channels only.
std::vector<bool> made_of_constants(graph const& model, operation const& op, channel_table const& table, edge_list const& edges) {
    std::vector<bool> all(table.of(op.outputs[0]).size(), true);
    for (auto const& edge : edges) {
        int const t = op.inputs[static_cast<std::size_t>(edge.operand)];
        if (tensor_at(model, t).is_constant || table.of(t)[static_cast<std::size_t>(edge.in)].is_constant()) continue;
        all[static_cast<std::size_t>(edge.out)] = false;
    }
    return all;
}

void infer_values(graph const& model, operation const& op, channel_table& table, executor& host, edge_list const& edges, channel_function function) {
    auto const tensors = computed_operands(model, edges, op);
    auto& out = table.of(op.outputs[0]);
    std::int64_t elements = model.out(op).shape.size();
    bool bounded = is_computed(model.out(op).type);
    for (int const t : tensors) {
        elements += tensor_at(model, t).shape.size();
        bounded = bounded && tensor_at(model, t).type == element_type::int8;
        if (!is_computed(tensor_at(model, t).type)) return;
    }
    if (!is_computed(model.out(op).type)) return;

    seen_ranges seen{out.size()};
    std::vector<bool> known(out.size(), true);
    auto const operands = std::ranges::count_if(op.inputs, [&](int t) { return tensors.contains(t); });
    bool const repeats = static_cast<std::size_t>(operands) != tensors.size();  // a function of one argument, as x * x
    constexpr std::int64_t most_work = std::int64_t{1} << 28;
    if (bounded && function == channel_function::monotone && !repeats) {
        run_at_corners(model, op, table, host, tensors, seen);
    } else if (bounded && tensors.size() == 1 && elements * 256 <= most_work) {
        run_at_all_values(model, op, table, host, *tensors.begin(), seen);
    } else {
        // What is no constant may be anything; zeros stand for it.
        known = made_of_constants(model, op, table, edges);
        for (int const t : tensors) {
            fill(model, t, host, [&](std::size_t c) { return table.of(t)[c].is_constant() ? table.of(t)[c].lowest : 0; });
        }
        seen.run(model, op, host);
    }
    for (std::size_t k = 0; k < out.size(); ++k) {
        if (known[k]) out[k].lowest = seen.lowest[k], out[k].highest = seen.highest[k];
    }
}

}  // namespace

void infer_channelwise(graph const& model, operation const& op, channel_table& table, executor& host, std::optional<edge_list> const& edges,
                       channel_function function) {
    if (!edges) return;
    infer_values(model, op, table, host, *edges, function);
    auto& out = table.of(op.outputs[0]);
    std::vector<std::string> keys(out.size(), "operation");
    for (auto& key : keys) append_key(key, op.outputs[0]);
    for (auto const& edge : *edges) {
        auto& key = keys[static_cast<std::size_t>(edge.out)];
        append_key(key, table.of(op.inputs[static_cast<std::size_t>(edge.operand)])[static_cast<std::size_t>(edge.in)].label);
        append_key(key, edge.position);
    }
    for (std::size_t k = 0; k < out.size(); ++k) table.set_label(out[k], keys[k]);
}

void require_channelwise(graph const& model, operation const& op, channel_table& table, std::optional<edge_list> const& edges) {
    if (!edges) {
        for (int const t : op.inputs) {
            if (t != operation::absent) table.need_all(t);
        }
        table.need_all(op.outputs[0]);
        return;
    }
    std::set<int> used;  // constant operands that have a needed channel
    for (auto const& edge : *edges) {
        if (table.of(op.outputs[0])[static_cast<std::size_t>(edge.out)].needed) used.insert(edge.operand);
    }
    for (auto const& edge : *edges) {
        int const t = op.inputs[static_cast<std::size_t>(edge.operand)];
        if (tensor_at(model, t).is_constant) {
            // No operand may be left without channels.
            if (used.insert(edge.operand).second) table.need(op.outputs[0], edge.out);
            continue;
        }
        if (table.of(op.outputs[0])[static_cast<std::size_t>(edge.out)].needed) table.need(t, edge.in);
        if (!edge.shared && table.of(t)[static_cast<std::size_t>(edge.in)].needed) table.need(op.outputs[0], edge.out);
    }
}

void keep_channelwise(graph& model, operation& op, channel_table const& table, std::optional<edge_list> const& edges) {
    if (!edges) return;
    for (std::size_t k = 0; k < op.inputs.size(); ++k) {
        if (op.inputs[k] == operation::absent || !model.in(op, k).is_constant) continue;
        std::set<int> kept;
        for (auto const& edge : *edges) {
            if (static_cast<std::size_t>(edge.operand) == k && !edge.shared && table.of(op.outputs[0])[static_cast<std::size_t>(edge.out)].needed) {
                kept.insert(edge.in);
            }
        }
        if (kept.empty() || static_cast<int>(kept.size()) == model.in(op, k).shape.last()) continue;
        auto& tensor = own_constant(model, op, k);
        slice_constant(tensor, tensor.shape.rank - 1, {kept.begin(), kept.end()});
    }
}

std::optional<edge_list> same_channels(graph const& model, operation const& op) {
    if (model.in(op, 0).shape.last() != model.out(op).shape.last()) return {};
    edge_list edges;
    for (int k = 0; k < model.out(op).shape.last(); ++k) edges.push_back({0, k, k});
    return edges;
}

std::optional<edge_list> reshaped_channels(graph const& model, operation const& op) {
    int const in = model.in(op, 0).shape.last();
    int const out = model.out(op).shape.last();
    if (in == 0 || out == 0 || (in % out != 0 && out % in != 0)) return {};
    edge_list edges;
    // Element e is in channel e % in of the input, and in channel e % out of the output.
    for (int e = 0; e < std::max(in, out); ++e) edges.push_back({0, e % in, e % out, e / std::min(in, out)});
    return edges;
}

std::optional<edge_list> broadcast_channels(graph const& model, operation const& op) {
    edge_list edges;
    int const out = model.out(op).shape.last();
    for (int k = 0; k < out; ++k) {
        for (int operand = 0; operand < 2; ++operand) {
            bool const shared = model.in(op, static_cast<std::size_t>(operand)).shape.last() != out;
            edges.push_back({operand, shared ? 0 : k, k, 0, shared});
        }
    }
    return edges;
}

}  // namespace inlay::tool
