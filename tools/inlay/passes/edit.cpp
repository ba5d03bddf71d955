// SPDX-License-Identifier: MIT
#include "passes/edit.hpp"

#include <algorithm>
#include <map>

namespace inlay::tool {

bool is_input(graph const& model, int t) { return std::ranges::find(model.inputs, t) != model.inputs.end(); }
bool is_output(graph const& model, int t) { return std::ranges::find(model.outputs, t) != model.outputs.end(); }

std::vector<std::size_t> readers_of(graph const& model, int t) {
    std::vector<std::size_t> readers;
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        auto const& inputs = model.operations[i].inputs;
        if (std::ranges::find(inputs, t) != inputs.end()) readers.push_back(i);
    }
    return readers;
}

operation* maker_of(graph& model, int t) {
    for (auto& op : model.operations) {
        if (std::ranges::find(op.outputs, t) != op.outputs.end()) return &op;
    }
    return nullptr;
}

bool has_one_reader(graph const& model, int t) {
    std::ptrdiff_t reads = 0;
    for (auto const& op : model.operations) reads += std::ranges::count(op.inputs, t);
    return reads == 1 && !is_output(model, t);
}

void redirect_readers(graph& model, int from, int to) {
    for (auto& op : model.operations) std::ranges::replace(op.inputs, from, to);
}

int add_constant(graph& model, std::string name, element_type type, inlay::shape shape, std::span<std::byte const> data) {
    auto& tensor = model.tensors.emplace_back();
    tensor.name = std::move(name);
    tensor.type = type;
    tensor.shape = shape;
    tensor.is_constant = true;
    tensor.data.assign(data.begin(), data.end());
    return static_cast<int>(model.tensors.size()) - 1;
}

tensor_description& own_constant(graph& model, operation& op, std::size_t k) {
    int const t = op.inputs[k];
    std::ptrdiff_t uses = std::ranges::count(model.outputs, t);
    for (auto const& each : model.operations) uses += std::ranges::count(each.inputs, t);
    if (uses > 1) {
        model.tensors.push_back(tensor_description{tensor_at(model, t)});
        op.inputs[k] = static_cast<int>(model.tensors.size()) - 1;
    }
    return tensor_at(model, op.inputs[k]);
}

void slice_constant(tensor_description& tensor, int axis, std::vector<int> const& kept) {
    auto const extent = static_cast<std::size_t>(tensor.shape[axis]);
    if (kept.size() == extent) return;
    std::size_t inner = static_cast<std::size_t>(bytes_of(tensor.type));
    for (int a = axis + 1; a < tensor.shape.rank; ++a) inner *= static_cast<std::size_t>(tensor.shape[a]);
    std::vector<std::byte> data;
    for (std::size_t outer = 0; outer < tensor.data.size(); outer += extent * inner) {
        for (int const index : kept) {
            auto const from = tensor.data.begin() + static_cast<std::ptrdiff_t>(outer + static_cast<std::size_t>(index) * inner);
            data.insert(data.end(), from, from + static_cast<std::ptrdiff_t>(inner));
        }
    }
    tensor.data = std::move(data);
    tensor.shape[axis] = static_cast<int>(kept.size());
    auto& quantisation = tensor.quantisation;
    if (!quantisation.per_channel() || quantisation.axis != axis) return;
    tool::quantisation cut{{}, {}, axis};
    for (int const index : kept) {
        cut.scale.push_back(quantisation.scale[static_cast<std::size_t>(index)]);
        cut.zero_point.push_back(quantisation.zero_point[static_cast<std::size_t>(index)]);
    }
    quantisation = std::move(cut);
}

namespace {

void remove_dead_operations(graph& model) {
    std::vector<bool> used(model.tensors.size());
    for (int const t : model.outputs) used[static_cast<std::size_t>(t)] = true;
    std::vector<operation> kept;
    for (auto op = model.operations.rbegin(); op != model.operations.rend(); ++op) {
        auto const matters = [&](int t) { return t != operation::absent && (used[static_cast<std::size_t>(t)] || tensor_at(model, t).is_variable); };
        // What reads a variable may write it.
        if (!std::ranges::any_of(op->outputs, matters) &&
            !std::ranges::any_of(op->inputs, [&](int t) { return t != operation::absent && tensor_at(model, t).is_variable; })) {
            continue;
        }
        for (int const t : op->inputs) {
            if (t != operation::absent) used[static_cast<std::size_t>(t)] = true;
        }
        kept.push_back(std::move(*op));
    }
    std::ranges::reverse(kept);
    model.operations = std::move(kept);
}

void share_equal_constants(graph& model) {
    std::map<std::string, int> first;
    for (std::size_t t = 0; t < model.tensors.size(); ++t) {
        auto const& tensor = model.tensors[t];
        if (!tensor.is_constant || tensor.data.empty()) continue;
        std::string key{reinterpret_cast<char const*>(tensor.data.data()), tensor.data.size()};
        key.append({static_cast<char>(tensor.type), static_cast<char>(tensor.shape.rank), static_cast<char>(tensor.quantisation.axis)});
        auto const append = [&](auto const& values, std::size_t count) {
            key.append(reinterpret_cast<char const*>(values), count * sizeof *values);
        };
        append(tensor.shape.extent, static_cast<std::size_t>(tensor.shape.rank));
        append(tensor.quantisation.scale.data(), tensor.quantisation.scale.size());
        append(tensor.quantisation.zero_point.data(), tensor.quantisation.zero_point.size());
        int const twin = first.try_emplace(std::move(key), static_cast<int>(t)).first->second;
        if (twin != static_cast<int>(t)) redirect_readers(model, static_cast<int>(t), twin);
    }
}

void remove_unused_tensors(graph& model) {
    std::vector<int> place(model.tensors.size(), 0);
    auto const for_each_list = [&](auto visit) {
        visit(model.inputs);
        visit(model.outputs);
        for (auto& op : model.operations) visit(op.inputs), visit(op.outputs);
    };
    for_each_list([&](std::vector<int>& list) {
        for (int const t : list) {
            if (t != operation::absent) place[static_cast<std::size_t>(t)] = 1;
        }
    });
    std::vector<tensor_description> kept;
    for (std::size_t t = 0; t < place.size(); ++t) {
        if (place[t] == 0) continue;
        place[t] = static_cast<int>(kept.size());
        kept.push_back(std::move(model.tensors[t]));
    }
    for_each_list([&](std::vector<int>& list) {
        for (int& t : list) {
            if (t != operation::absent) t = place[static_cast<std::size_t>(t)];
        }
    });
    model.tensors = std::move(kept);
}

}  // namespace

void remove_unused(graph& model) {
    remove_dead_operations(model);
    share_equal_constants(model);
    remove_unused_tensors(model);
}

}  // namespace inlay::tool
