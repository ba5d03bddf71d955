// SPDX-License-Identifier: MIT
#include "passes/edit.hpp"
#include "passes/passes.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <optional>
#include <vector>

namespace inlay::tool {
namespace {

/// The axis of a filter's output channels; -1 if the operation is no layer with a float filter that is known.
int out_axis_of(graph const& model, operation const& op) {
    bool const is_layer = op.kind == "CONV_2D" || op.kind == "DEPTHWISE_CONV_2D" || op.kind == "FULLY_CONNECTED";
    if (!is_layer || model.in(op, 0).type != element_type::float32 || !model.in(op, 1).is_constant) return -1;
    auto const* bias = model.optional_in(op, 2);
    if (bias != nullptr && !bias->is_constant) return -1;
    return op.kind == "DEPTHWISE_CONV_2D" ? 3 : 0;
}

activation_function activation_of_layer(operation const& op) {
    auto found = activation_function::none;
    std::visit([&]<class Options>(Options const& options) {
        if constexpr (requires { options.activation; }) found = options.activation;
    }, op.options);
    return found;
}

void set_activation(operation& op, activation_function function) {
    std::visit([&]<class Options>(Options& options) {
        if constexpr (requires { options.activation; }) options.activation = function;
    }, op.options);
}

/// A constant operand as one number for each channel; nothing if it differs along another axis.
std::optional<std::vector<float>> per_channel(tensor_description const& tensor, int channels) {
    if (!tensor.is_constant || tensor.type != element_type::float32) return {};
    auto const values = tensor.values<float>();
    if (values.size() == 1) return std::vector<float>(static_cast<std::size_t>(channels), values[0]);
    if (tensor.shape.last() != channels || values.size() != static_cast<std::size_t>(channels)) return {};
    return std::vector<float>{values.begin(), values.end()};
}

void scale_filter(tensor_description& filter, int axis, std::vector<float> const& by) {
    std::size_t inner = 1;
    for (int a = axis + 1; a < filter.shape.rank; ++a) inner *= static_cast<std::size_t>(filter.shape[a]);
    auto* values = reinterpret_cast<float*>(filter.data.data());
    for (std::size_t i = 0; i < filter.data.size() / sizeof(float); ++i) values[i] *= by[i / inner % by.size()];
}

float* bias_of(graph& model, operation& layer, int channels) {
    if (model.optional_in(layer, 2) == nullptr) {
        layer.inputs.resize(3, operation::absent);
        std::vector<std::byte> const zeros(static_cast<std::size_t>(channels) * sizeof(float));
        layer.inputs[2] = add_constant(model, model.in(layer, 1).name + "/bias", element_type::float32, inlay::shape{channels}, zeros);
    }
    return reinterpret_cast<float*>(own_constant(model, layer, 2).data.data());
}

/// Folds `op` into the layer that makes one of its operands; says whether it did.
bool fold(graph& model, operation& op, change_log& log) {
    std::size_t const constant = model.in(op, 0).is_constant ? 0 : 1;
    std::size_t const computed = 1 - constant;
    if (op.kind == "SUB" && constant == 0) return false;
    int const t = op.inputs[computed];
    auto* layer = maker_of(model, t);
    if (layer == nullptr || !has_one_reader(model, t) || activation_of_layer(*layer) != activation_function::none) return false;
    int const axis = out_axis_of(model, *layer);
    if (axis < 0 || model.out(op).shape != tensor_at(model, t).shape) return false;
    int const channels = model.in(*layer, 1).shape[axis];
    auto const by = per_channel(model.in(op, constant), channels);
    if (!by || model.out(op).shape.last() != channels) return false;

    if (op.kind == "MUL") scale_filter(own_constant(model, *layer, 1), axis, *by);
    auto* bias = bias_of(model, *layer, channels);
    for (std::size_t o = 0; o < by->size(); ++o) {
        if (op.kind == "MUL") bias[o] *= (*by)[o];
        if (op.kind == "ADD") bias[o] += (*by)[o];
        if (op.kind == "SUB") bias[o] -= (*by)[o];
    }
    set_activation(*layer, std::get<elementwise_options>(op.options).activation);
    layer->outputs = op.outputs;
    log.push_back({op.location, fmt::format("is in the filter and bias of {}", layer->location)});
    return true;
}

}  // namespace

void fold_scales(graph& model, change_log& log) {
    for (auto& op : model.operations) {
        if ((op.kind == "MUL" || op.kind == "ADD" || op.kind == "SUB") && model.out(op).type == element_type::float32 && fold(model, op, log)) {
            op.outputs.clear();
            op.inputs.clear();
        }
    }
    std::erase_if(model.operations, [](operation const& op) { return op.outputs.empty(); });
    remove_unused(model);
}

}  // namespace inlay::tool
