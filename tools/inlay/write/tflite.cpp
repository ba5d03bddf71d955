// SPDX-License-Identifier: MIT
#include "write/tflite.hpp"

#include "error.hpp"
#include "operators/operator.hpp"
#include "passes/edit.hpp"
#include "passes/window.hpp"
#include "write/tflite_options.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <memory>

namespace inlay::tool {
namespace {

std::vector<std::byte> bytes_of_integers(std::vector<std::int32_t> const& values) {
    std::vector<std::byte> bytes(values.size() * sizeof(std::int32_t));
    if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

/// A PAD of the numbers that a convolution's padding has, which then has none.
operation take_padding(graph& model, operation& conv, inlay::padding const& pad) {
    auto padded = model.in(conv, 0);
    padded.name += "/padded";
    padded.shape[1] += pad.top + pad.bottom;
    padded.shape[2] += pad.left + pad.right;
    int const in = conv.inputs[0];
    int const list = add_constant(model, padded.name + "/paddings", element_type::int32, inlay::shape{4, 2},
                                  bytes_of_integers({0, 0, pad.top, pad.bottom, pad.left, pad.right, 0, 0}));
    model.tensors.push_back(std::move(padded));
    int const out = static_cast<int>(model.tensors.size()) - 1;
    conv.inputs[0] = out;
    set_padding(conv, padding::valid);
    int const version = model.in(conv, 0).type == element_type::int8 ? 2 : 1;
    return {.kind = "PAD", .location = conv.location, .version = version, .options = pad_options{}, .inputs = {in, list}, .outputs = {out}};
}

/// A RESHAPE in front of an operation whose input then has the shape of its output.
operation take_shape(graph& model, operation& op) {
    auto reshaped = model.in(op, 0);
    reshaped.name += "/reshaped";
    reshaped.shape = model.out(op).shape;
    int const in = op.inputs[0];
    model.tensors.push_back(std::move(reshaped));
    int const out = static_cast<int>(model.tensors.size()) - 1;
    op.inputs[0] = out;
    return {.kind = "RESHAPE", .location = op.location, .version = 1, .options = reshape_options{model.out(op).shape}, .inputs = {in}, .outputs = {out}};
}

/// The new shape of a RESHAPE as its second operand.
void add_shape_operand(graph& model, operation& op) {
    auto const& to = model.out(op).shape;
    op.inputs.resize(1);
    op.inputs.push_back(add_constant(model, model.out(op).name + "/shape", element_type::int32, inlay::shape{to.rank},
                                     bytes_of_integers({to.extent, to.extent + to.rank})));
}

inlay::padding padding_of(operation const& op) {
    if (auto const* options = std::get_if<conv2d_options>(&op.options)) return options->padding;
    if (auto const* options = std::get_if<depthwise_conv2d_options>(&op.options)) return options->padding;
    return padding::valid;
}

/// The same model in the operators of the format.
graph in_terms_of_tflite(graph model) {
    std::vector<operation> operations;
    for (auto op : model.operations) {
        if (auto const pad = padding_of(op); pad.mode == padding::kind::given) operations.push_back(take_padding(model, op, pad));
        if (op.kind == "SQUEEZE") op.kind = "RESHAPE";
        if (find_operator(op.kind)->keeps_rows && model.in(op, 0).shape != model.out(op).shape) {
            add_shape_operand(model, operations.emplace_back(take_shape(model, op)));
        }
        if (op.kind == "RESHAPE") add_shape_operand(model, op);
        operations.push_back(std::move(op));
    }
    model.operations = std::move(operations);
    remove_unused(model);
    return model;
}

tflite::TensorType type_of(element_type type) {
    switch (type) {
        case element_type::float32: return tflite::TensorType::FLOAT32;
        case element_type::float16: return tflite::TensorType::FLOAT16;
        case element_type::int4: return tflite::TensorType::INT4;
        case element_type::int8: return tflite::TensorType::INT8;
        case element_type::uint8: return tflite::TensorType::UINT8;
        case element_type::int16: return tflite::TensorType::INT16;
        case element_type::int32: return tflite::TensorType::INT32;
        case element_type::uint32: return tflite::TensorType::UINT32;
        case element_type::int64: return tflite::TensorType::INT64;
        case element_type::uint64: return tflite::TensorType::UINT64;
        case element_type::boolean: return tflite::TensorType::BOOL;
        case element_type::resource: return tflite::TensorType::RESOURCE;
        case element_type::string: break;
    }
    return tflite::TensorType::STRING;
}

std::unique_ptr<tflite::TensorT> write_tensor(tensor_description const& from, tflite::ModelT& to) {
    auto tensor = std::make_unique<tflite::TensorT>();
    tensor->name = from.name;
    tensor->type = type_of(from.type);
    tensor->shape.assign(from.shape.extent, from.shape.extent + from.shape.rank);
    tensor->is_variable = from.is_variable;
    if (from.is_constant && !from.data.empty()) {
        tensor->buffer = static_cast<std::uint32_t>(to.buffers.size());
        auto& buffer = *to.buffers.emplace_back(std::make_unique<tflite::BufferT>());
        auto const* bytes = reinterpret_cast<std::uint8_t const*>(from.data.data());
        buffer.data.assign(bytes, bytes + from.data.size());
    }
    if (!from.quantisation.scale.empty()) {
        tensor->quantization = std::make_unique<tflite::QuantizationParametersT>();
        tensor->quantization->scale = from.quantisation.scale;
        tensor->quantization->zero_point.assign(from.quantisation.zero_point.begin(), from.quantisation.zero_point.end());
        tensor->quantization->quantized_dimension = from.quantisation.axis;
    }
    return tensor;
}

/// The index of the operator's code, which is added where it is new.
std::uint32_t code_index(operation const& op, tflite::ModelT& to) {
    auto const* const* names = tflite::EnumNamesBuiltinOperator();
    int builtin = -1;
    for (int i = 0; names[i] != nullptr && builtin < 0; ++i) {
        if (op.kind == names[i]) builtin = i;
    }
    if (builtin < 0) throw tool_error{op.location, "cannot be written: the format has no such operator", "", "compile the model as a header"};
    auto const code = static_cast<tflite::BuiltinOperator>(builtin);
    auto const same = [&](auto const& each) { return each->builtin_code == code && each->version == op.version; };
    auto const found = std::ranges::find_if(to.operator_codes, same);
    auto const index = static_cast<std::uint32_t>(found - to.operator_codes.begin());
    if (found == to.operator_codes.end()) {
        auto& added = *to.operator_codes.emplace_back(std::make_unique<tflite::OperatorCodeT>());
        constexpr int last_old_code = 127;  // later ones do not fit the old field
        added.deprecated_builtin_code = static_cast<std::int8_t>(std::min(builtin, last_old_code));
        added.builtin_code = code;
        added.version = op.version;
    }
    return index;
}

}  // namespace

std::vector<std::byte> write_tflite(graph const& from) {
    graph const model = in_terms_of_tflite(from);
    tflite::ModelT to;
    to.version = 3;
    to.description = model.description;
    to.buffers.push_back(std::make_unique<tflite::BufferT>());
    auto& subgraph = *to.subgraphs.emplace_back(std::make_unique<tflite::SubGraphT>());
    subgraph.name = "main";
    subgraph.inputs = model.inputs;
    subgraph.outputs = model.outputs;
    for (auto const& tensor : model.tensors) subgraph.tensors.push_back(write_tensor(tensor, to));
    for (auto const& op : model.operations) {
        auto& written = *subgraph.operators.emplace_back(std::make_unique<tflite::OperatorT>());
        written.opcode_index = code_index(op, to);
        written.inputs = op.inputs;
        written.outputs = op.outputs;
        written.builtin_options = write_options(model, op);
    }
    flatbuffers::FlatBufferBuilder builder;
    builder.Finish(tflite::Model::Pack(builder, &to), tflite::ModelIdentifier());
    auto const* bytes = reinterpret_cast<std::byte const*>(builder.GetBufferPointer());
    return {bytes, bytes + builder.GetSize()};
}

}  // namespace inlay::tool
