// SPDX-License-Identifier: MIT
//
// Small models for the reader's tests, built in memory.
#pragma once

#include "read/tflite.hpp"
#include "report.hpp"
#include "tflite_generated.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace inlay::test {

namespace tflite = inlay::tflite;

template <class T>
std::vector<std::uint8_t> bytes_of_values(std::vector<T> const& values) {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(T));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

/// Adds a tensor, and a buffer if it has data.
inline int add_tensor(tflite::ModelT& model, std::string name, tflite::TensorType type, std::vector<int> shape, std::vector<std::uint8_t> data = {}) {
    auto tensor = std::make_unique<tflite::TensorT>();
    tensor->name = std::move(name);
    tensor->type = type;
    tensor->shape = std::move(shape);
    if (!data.empty()) {
        tensor->buffer = static_cast<std::uint32_t>(model.buffers.size());
        model.buffers.push_back(std::make_unique<tflite::BufferT>());
        model.buffers.back()->data = std::move(data);
    }
    model.subgraphs[0]->tensors.push_back(std::move(tensor));
    return static_cast<int>(model.subgraphs[0]->tensors.size()) - 1;
}

/// Adds an operator with its code.
inline tflite::OperatorT& add_operator(tflite::ModelT& model, tflite::BuiltinOperator code, std::vector<int> inputs, std::vector<int> outputs) {
    auto op = std::make_unique<tflite::OperatorT>();
    op->opcode_index = static_cast<std::uint32_t>(model.operator_codes.size());
    op->inputs = std::move(inputs);
    op->outputs = std::move(outputs);
    model.operator_codes.push_back(std::make_unique<tflite::OperatorCodeT>());
    model.operator_codes.back()->builtin_code = code;
    model.subgraphs[0]->operators.push_back(std::move(op));
    return *model.subgraphs[0]->operators.back();
}

inline tflite::ModelT empty_model() {
    tflite::ModelT model;
    model.version = 3;
    model.subgraphs.push_back(std::make_unique<tflite::SubGraphT>());
    model.buffers.push_back(std::make_unique<tflite::BufferT>());
    return model;
}

/// image [1,2,2,1] -> CONV_2D "edges" [1,2,2,3] -> SOFTMAX "scores"; int8, filter per channel.
///   tensors   0 image, 1 filter, 2 bias, 3 edges, 4 scores
inline tflite::ModelT small_model() {
    using enum tflite::TensorType;
    tflite::ModelT model = empty_model();
    auto const quantise = [&](int tensor, std::vector<float> scale, std::vector<std::int64_t> zero_point) {
        auto& to = model.subgraphs[0]->tensors[static_cast<std::size_t>(tensor)]->quantization;
        to = std::make_unique<tflite::QuantizationParametersT>();
        to->scale = std::move(scale);
        to->zero_point = std::move(zero_point);
    };
    quantise(add_tensor(model, "image", INT8, {1, 2, 2, 1}), {0.5F}, {-128});
    quantise(add_tensor(model, "filter", INT8, {3, 1, 1, 1}, {1, 2, 3}), {0.25F, 0.5F, 1}, {0, 0, 0});
    quantise(add_tensor(model, "bias", INT32, {3}, bytes_of_values<std::int32_t>({10, 20, 30})), {0.125F, 0.25F, 0.5F}, {0, 0, 0});
    quantise(add_tensor(model, "edges", INT8, {1, 2, 2, 3}), {0.1F}, {3});
    quantise(add_tensor(model, "scores", INT8, {1, 2, 2, 3}), {1 / 256.F}, {-128});

    tflite::Conv2DOptionsT conv;
    conv.stride_h = 1;
    conv.stride_w = 1;
    conv.fused_activation_function = tflite::ActivationFunctionType::RELU6;
    add_operator(model, tflite::BuiltinOperator::CONV_2D, {0, 1, 2}, {3}).builtin_options.Set(std::move(conv));
    tflite::SoftmaxOptionsT softmax;
    softmax.beta = 1;
    add_operator(model, tflite::BuiltinOperator::SOFTMAX, {3}, {4}).builtin_options.Set(std::move(softmax));
    model.subgraphs[0]->inputs = {0};
    model.subgraphs[0]->outputs = {4};
    return model;
}

inline std::vector<std::byte> pack(tflite::ModelT const& model) {
    flatbuffers::FlatBufferBuilder builder;
    tflite::FinishModelBuffer(builder, tflite::Model::Pack(builder, &model));
    auto const bytes = std::as_bytes(std::span{builder.GetBufferPointer(), builder.GetSize()});
    return {bytes.begin(), bytes.end()};
}

/// What the reader makes of a file, and what it says.
struct reading {
    tool::graph model;
    std::string problems;
    std::size_t count;
};

inline reading read(std::span<std::byte const> file) {
    tool::report problems{"test.tflite"};
    tool::graph model = tool::read_tflite(file, "some/where/test.tflite", problems);
    return {std::move(model), problems.text(), problems.count()};
}

inline reading read(tflite::ModelT const& model) { return read(pack(model)); }

}  // namespace inlay::test
