// SPDX-License-Identifier: MIT
#include "mutate.hpp"

#include "tflite_generated.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <limits>

namespace inlay::test {
namespace {

constexpr std::uint32_t extreme_numbers[] = {0,          1,          2,          3,          4,          5,          6,          7,         8,
                                             16,         32,         64,         127,        128,        255,        256,        32767,     32768,
                                             65535,      65536,      0x00FFFFFF, 0x01000000, 0x10000000, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFE, 0x7FFFFFFF,
                                             0x80000000, 0x80000001, 0xFFFFFF80, 0xFFFFFFF8, 0xFFFFFFFC, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF};

constexpr std::uint8_t extreme_bytes[] = {0, 1, 2, 3, 4, 8, 16, 32, 64, 127, 128, 254, 255};

}  // namespace

std::uint64_t random_source::next() {
    // splitmix64
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
}

seed_model::seed_model(std::vector<std::byte> content) : file{std::move(content)} {
    std::vector<bool> is_number(file.size(), false);
    if (auto const* const buffers = tflite::GetModel(file.data())->buffers()) {
        for (auto const* const buffer : *buffers) {
            constexpr std::size_t small = 64;  // shapes, axes, paddings: numbers that the tool itself reads
            if (buffer->data() == nullptr || buffer->data()->size() <= small) continue;
            auto const begin = buffer->data()->data() - reinterpret_cast<std::uint8_t const*>(file.data());
            std::fill_n(is_number.begin() + begin, buffer->data()->size(), true);
        }
    }
    for (std::size_t i = 0; i < file.size(); ++i) {
        if (!is_number[i]) structure.push_back(static_cast<std::uint32_t>(i));
    }
}

std::vector<std::byte> mutate_bytes(seed_model const& model, random_source& random) {
    std::vector<std::byte> file = model.file;
    auto const somewhere = [&] {
        std::size_t const at = random.one_in(16) ? random.below(model.file.size()) : random.of(model.structure);
        return std::min(at, file.size() - 1);
    };
    auto const length_at = [&](std::size_t at) { return std::min(file.size() - at, std::size_t{1} << random.below(8)); };
    for (std::size_t changes = 1 + random.below(4); changes > 0; --changes) {
        std::size_t const at = somewhere();
        switch (random.below(8)) {
            case 0:
            case 1: file[at] ^= static_cast<std::byte>(1u << random.below(8)); break;
            case 2: file[at] = static_cast<std::byte>(random.of(extreme_bytes)); break;
            case 3:
            case 4: {
                std::size_t const field = at & ~std::size_t{3};
                if (field + 4 > file.size()) break;
                std::uint32_t number = 0;
                std::memcpy(&number, &file[field], 4);
                number = random.one_in(2) ? random.of(extreme_numbers) : number + random.of(extreme_numbers);
                std::memcpy(&file[field], &number, 4);
                break;
            }
            case 5: {
                std::size_t const from = somewhere();
                std::size_t const length = std::min(length_at(at), length_at(from));
                std::memmove(&file[at], &file[from], length);
                break;
            }
            case 6: {
                std::size_t const other = somewhere();
                std::size_t const length = std::min(length_at(std::max(at, other)), at > other ? at - other : other - at);
                auto const begin = file.begin() + static_cast<std::ptrdiff_t>(at);
                std::swap_ranges(begin, begin + static_cast<std::ptrdiff_t>(length), file.begin() + static_cast<std::ptrdiff_t>(other));
                break;
            }
            case 7:
                if (random.one_in(4)) file.resize(at + 1);
                break;
        }
    }
    return file;
}

namespace {

/// A model as objects, and one wrong number at a time.
class model_mutator {
public:
    model_mutator(tflite::ModelT& model, random_source& random) : model_{model}, graph_{*model.subgraphs[0]}, random_{random} {}

    void change() {
        switch (random_.below(14)) {
            case 0:
            case 1:
            case 2: change_shape(); break;
            case 3: change_type(); break;
            case 4:
            case 5: change_quantisation(); break;
            case 6: change_buffer(); break;
            case 7:
            case 8: change_operands(); break;
            case 9:
            case 10: change_options(); break;
            case 11: change_code(); break;
            case 12: change_order(); break;
            case 13: change_lists(); break;
        }
    }

private:
    int number() {
        return random_.one_in(3) ? static_cast<int>(random_.of(extreme_numbers)) : static_cast<int>(random_.below(12)) - 2;
    }

    float real() {
        using limits = std::numeric_limits<float>;
        static constexpr float reals[] = {0,    -1,   1,     1e-30F, 1e30F,         limits::denorm_min(), limits::min(), limits::max(), limits::infinity(), limits::quiet_NaN(),
                                          0.5F, 2e-9F, 100.F, 1e-5F,  0.0039215686F, -limits::infinity()};
        return random_.of(reals);
    }

    tflite::TensorT* some_tensor() { return graph_.tensors.empty() ? nullptr : random_.of(graph_.tensors).get(); }
    tflite::OperatorT* some_operator() { return graph_.operators.empty() ? nullptr : random_.of(graph_.operators).get(); }
    int some_index() { return random_.one_in(8) ? number() : static_cast<int>(random_.below(graph_.tensors.size() + 1)); }

    void change_list(std::vector<int>& list) {
        switch (random_.below(4)) {
            case 0: list.push_back(some_index()); break;
            case 1:
                if (!list.empty()) list.pop_back();
                break;
            default:
                if (!list.empty()) random_.of(list) = some_index();
        }
    }

    void change_shape() {
        tflite::TensorT* const tensor = some_tensor();
        if (tensor == nullptr) return;
        std::vector<int>& shape = tensor->shape;
        switch (random_.below(6)) {
            case 0: shape.insert(shape.begin(), random_.one_in(2) ? 1 : number()); break;
            case 1:
                if (!shape.empty()) shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(random_.below(shape.size())));
                break;
            case 2:
                if (shape.size() > 1) std::swap(random_.of(shape), random_.of(shape));
                break;
            default:
                if (!shape.empty()) random_.of(shape) = number();
        }
    }

    void change_type() {
        if (tflite::TensorT* const tensor = some_tensor()) {
            tensor->type = static_cast<tflite::TensorType>(random_.below(24));
            if (random_.one_in(4)) tensor->is_variable = !tensor->is_variable;
        }
    }

    void change_quantisation() {
        tflite::TensorT* const tensor = some_tensor();
        if (tensor == nullptr) return;
        auto& quantisation = tensor->quantization;
        if (!quantisation) quantisation = std::make_unique<tflite::QuantizationParametersT>();
        switch (random_.below(6)) {
            case 0: quantisation.reset(); break;
            case 1: quantisation->quantized_dimension = number(); break;
            case 2: quantisation->scale.assign(random_.below(5), real()); break;
            case 3: quantisation->zero_point.assign(random_.below(5), number()); break;
            case 4:
                if (!quantisation->scale.empty()) random_.of(quantisation->scale) = real();
                break;
            case 5:
                if (!quantisation->zero_point.empty()) random_.of(quantisation->zero_point) = number();
                break;
        }
    }

    void change_buffer() {
        if (random_.one_in(4)) {
            if (tflite::TensorT* const tensor = some_tensor()) tensor->buffer = static_cast<std::uint32_t>(random_.below(model_.buffers.size() + 1));
            return;
        }
        if (model_.buffers.empty()) return;
        tflite::BufferT& buffer = *random_.of(model_.buffers);
        if (buffer.data.empty() || random_.one_in(6)) {
            buffer.data.resize(random_.below(65), 1);
        } else if (random_.one_in(6)) {
            buffer.offset = random_.of(extreme_numbers);
            buffer.size = random_.of(extreme_numbers);
        } else if (buffer.data.size() >= 4) {
            std::int32_t const value = number();
            std::memcpy(&buffer.data[random_.below(buffer.data.size() / 4) * 4], &value, 4);
        } else {
            random_.of(buffer.data) = random_.of(extreme_bytes);
        }
    }

    void change_operands() {
        tflite::OperatorT* const op = some_operator();
        if (op == nullptr) return;
        switch (random_.below(8)) {
            case 0: change_list(op->outputs); break;
            case 1:
                if (op->inputs.size() > 1) std::swap(random_.of(op->inputs), random_.of(op->inputs));
                break;
            default: change_list(op->inputs);
        }
    }

    void change_options() {
        tflite::OperatorT* const op = some_operator();
        if (op == nullptr) return;
        auto& options = op->builtin_options;
        auto const activation = [&](auto& of) { of.fused_activation_function = static_cast<tflite::ActivationFunctionType>(random_.below(7)); };
        auto const window = [&](auto& of) {
            switch (random_.below(4)) {
                case 0: of.stride_h = number(); break;
                case 1: of.stride_w = number(); break;
                case 2: of.padding = static_cast<tflite::Padding>(random_.below(3)); break;
                case 3: activation(of); break;
            }
        };
        if (random_.one_in(12)) {
            options.Reset();
        } else if (random_.one_in(12)) {
            options = some_operator()->builtin_options;
        } else if (auto* const conv = options.AsConv2DOptions()) {
            window(*conv);
            if (random_.one_in(3)) conv->dilation_h_factor = number();
            if (random_.one_in(3)) conv->dilation_w_factor = number();
        } else if (auto* const depthwise = options.AsDepthwiseConv2DOptions()) {
            window(*depthwise);
            if (random_.one_in(3)) depthwise->depth_multiplier = number();
            if (random_.one_in(3)) depthwise->dilation_h_factor = number();
        } else if (auto* const pool = options.AsPool2DOptions()) {
            window(*pool);
            if (random_.one_in(2)) pool->filter_height = number();
            if (random_.one_in(2)) pool->filter_width = number();
        } else if (auto* const connected = options.AsFullyConnectedOptions()) {
            activation(*connected);
            connected->keep_num_dims = random_.one_in(2);
        } else if (auto* const softmax = options.AsSoftmaxOptions()) {
            softmax->beta = real();
        } else if (auto* const leaky = options.AsLeakyReluOptions()) {
            leaky->alpha = real();
        } else if (auto* const concatenation = options.AsConcatenationOptions()) {
            concatenation->axis = number();
            if (random_.one_in(3)) activation(*concatenation);
        } else if (auto* const add = options.AsAddOptions()) {
            activation(*add);
        } else if (auto* const sub = options.AsSubOptions()) {
            activation(*sub);
        } else if (auto* const mul = options.AsMulOptions()) {
            activation(*mul);
        } else if (auto* const reducer = options.AsReducerOptions()) {
            reducer->keep_dims = !reducer->keep_dims;
        } else if (auto* const reshape = options.AsReshapeOptions()) {
            reshape->new_shape.assign(random_.below(8), number());
        } else if (auto* const squeeze = options.AsSqueezeOptions()) {
            squeeze->squeeze_dims.assign(random_.below(8), number());
        }
    }

    void change_code() {
        if (model_.operator_codes.empty()) return;
        tflite::OperatorCodeT& code = *random_.of(model_.operator_codes);
        int const value = random_.one_in(8) ? number() : static_cast<int>(random_.below(128));
        code.builtin_code = static_cast<tflite::BuiltinOperator>(value);
        code.deprecated_builtin_code = static_cast<std::int8_t>(value);
        if (tflite::OperatorT* const op = some_operator()) op->opcode_index = static_cast<std::uint32_t>(random_.below(model_.operator_codes.size() + 1));
    }

    void change_order() {
        auto& operators = graph_.operators;
        if (operators.empty()) return;
        switch (random_.below(3)) {
            case 0: std::swap(random_.of(operators), random_.of(operators)); break;
            case 1: operators.erase(operators.begin() + static_cast<std::ptrdiff_t>(random_.below(operators.size()))); break;
            case 2: {
                auto copy = std::make_unique<tflite::OperatorT>();
                *copy = *some_operator();
                operators.insert(operators.begin() + static_cast<std::ptrdiff_t>(random_.below(operators.size() + 1)), std::move(copy));
                break;
            }
        }
    }

    void change_lists() {
        if (random_.one_in(8)) model_.version = static_cast<std::uint32_t>(number());
        change_list(random_.one_in(2) ? graph_.inputs : graph_.outputs);
    }

    tflite::ModelT& model_;
    tflite::SubGraphT& graph_;
    random_source& random_;
};

}  // namespace

std::vector<std::byte> mutate_model(seed_model const& model, random_source& random) {
    tflite::ModelT unpacked;
    tflite::GetModel(model.file.data())->UnPackTo(&unpacked);
    if (!unpacked.subgraphs.empty()) {
        model_mutator mutator{unpacked, random};
        for (std::size_t changes = 1 + random.below(3); changes > 0; --changes) mutator.change();
    }
    flatbuffers::FlatBufferBuilder builder;
    tflite::FinishModelBuffer(builder, tflite::Model::Pack(builder, &unpacked));
    auto const bytes = std::as_bytes(std::span{builder.GetBufferPointer(), builder.GetSize()});
    return {bytes.begin(), bytes.end()};
}

}  // namespace inlay::test
