// SPDX-License-Identifier: MIT
#include "sample.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace inlay::test {
namespace {

tflite::TensorT& tensor(tflite::ModelT& model, std::size_t i) { return *model.subgraphs[0]->tensors[i]; }
tflite::OperatorT& op(tflite::ModelT& model, std::size_t i) { return *model.subgraphs[0]->operators[i]; }

/// One problem, told in these words.
void expect(tflite::ModelT const& model, std::string const& words) {
    reading const read_back = read(model);
    INFO(read_back.problems);
    CHECK(read_back.count == 1);
    CHECK(read_back.problems.find(words) != std::string::npos);
    CHECK(read_back.problems.starts_with("test.tflite: "));
}

}  // namespace

TEST_CASE("tflite: a small model, everything arrives") {
    reading const read_back = read(small_model());
    REQUIRE(read_back.problems == "");
    tool::graph const& model = read_back.model;
    CHECK(model.name == "test");
    CHECK(model.source == "test.tflite");
    CHECK(model.inputs == std::vector{0});
    CHECK(model.outputs == std::vector{4});
    REQUIRE(model.tensors.size() == 5);
    CHECK(model.tensors[0].name == "image");
    CHECK(model.tensors[0].type == tool::element_type::int8);
    CHECK(model.tensors[0].shape == shape{1, 2, 2, 1});
    CHECK(model.tensors[0].activation_quantisation() == affine{0.5F, -128});
    CHECK(!model.tensors[0].is_constant);
    CHECK(model.tensors[1].is_constant);
    CHECK(model.tensors[1].quantisation.per_channel());
    CHECK(model.tensors[1].quantisation.scale == std::vector{0.25F, 0.5F, 1.F});
    CHECK(std::ranges::equal(model.tensors[1].values<std::int8_t>(), std::vector{1, 2, 3}));
    CHECK(std::ranges::equal(model.tensors[2].values<std::int32_t>(), std::vector{10, 20, 30}));
    REQUIRE(model.operations.size() == 2);
    CHECK(model.operations[0].kind == "CONV_2D");
    CHECK(model.operations[0].location == "operator 0, CONV_2D \"edges\"");
    CHECK(model.operations[0].inputs == std::vector{0, 1, 2});
    CHECK(std::get<conv2d_options>(model.operations[0].options) ==
          conv2d_options{.padding = padding::same, .activation = activation_function::relu6});
    CHECK(std::get<softmax_options>(model.operations[1].options).beta == 1);
}

TEST_CASE("tflite: a file that is something else") {
    auto const says = [](std::string_view content, std::string const& words) {
        reading const read_back = read(std::as_bytes(std::span{content}));
        CHECK(read_back.count == 1);
        INFO(read_back.problems);
        CHECK(read_back.problems.find(words) != std::string::npos);
    };
    says("", "is empty");
    says("TFL", "is not a TensorFlow Lite model");
    says("version https://git-lfs.github.com/spec/v1\noid sha256:", "git lfs pull");
    says("PK\x03\x04----------", "ZIP archive");
    says("\x89HDF\r\n\x1a\n----", "Keras");
    says("\x1c\0\0\0ONNX----", "is not a TensorFlow Lite model");
    says({"\x1c\0\0\0TFL3", 8}, "cannot be read as a flatbuffer");
    says({"\xff\xff\xff\xffTFL3............", 20}, "cannot be read as a flatbuffer");
}

TEST_CASE("tflite: every beginning of a file") {
    std::vector<std::byte> const whole = pack(small_model());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        reading const read_back = read(std::span{whole}.first(size));
        CHECK(read_back.count > 0);
    }
    CHECK(read(whole).count == 0);
}

TEST_CASE("tflite: a file at an unaligned address") {
    std::vector<std::byte> const whole = pack(small_model());
    std::vector<std::byte> shifted(whole.size() + 1);
    std::ranges::copy(whole, shifted.begin() + 1);
    CHECK(read(std::span{shifted}.subspan(1)).problems == "");
}

TEST_CASE("tflite: version, graphs, inputs and outputs of the model") {
    tflite::ModelT model = small_model();
    SUBCASE("version 2") {
        model.version = 2;
        expect(model, "has format version 2");
    }
    SUBCASE("no graph") {
        model.subgraphs.clear();
        expect(model, "has no graph");
    }
    SUBCASE("two graphs") {
        model.subgraphs.push_back(std::make_unique<tflite::SubGraphT>());
        expect(model, "has 2 graphs");
    }
    SUBCASE("no output") {
        model.subgraphs[0]->outputs.clear();
        expect(model, "has no output");
    }
    SUBCASE("an input that is no tensor") {
        model.subgraphs[0]->inputs = {5};
        expect(model, "an input of the model is tensor 5");
    }
    SUBCASE("an output that is no tensor") {
        model.subgraphs[0]->outputs = {4, -1};
        expect(model, "an output of the model is tensor -1");
    }
    SUBCASE("no operator: the output is the input") {
        model.subgraphs[0]->operators.clear();
        model.subgraphs[0]->outputs = {0};
        CHECK(read(model).problems == "");
    }
}

TEST_CASE("tflite: shapes") {
    tflite::ModelT model = small_model();
    SUBCASE("seven axes") {
        tensor(model, 3).shape = {1, 1, 1, 1, 2, 2, 3};
        expect(model, "tensor 3 \"edges\": has 7 axes");
    }
    SUBCASE("negative extent") {
        tensor(model, 3).shape = {1, -2, 2, 3};
        expect(model, "extent -2 of axis 1 is negative");
    }
    SUBCASE("too many elements") {
        tensor(model, 3).shape = {65536, 65536, 65536, 65536};
        expect(model, "is too large: [65536, 65536, 65536, 65536] of int8");
    }
    SUBCASE("too many bytes") {
        tensor(model, 3).type = tflite::TensorType::FLOAT32;
        tensor(model, 3).shape = {1 << 27};
        expect(model, "is too large");
    }
    SUBCASE("extents whose product overflows, beside a 0") {
        tensor(model, 3).shape = {65536, 65536, 0};
        expect(model, "is too large");
    }
    SUBCASE("the most that is allowed") {
        tensor(model, 3).shape = {1 << 28};
        CHECK(read(model).problems == "");
    }
    SUBCASE("six axes, and a scalar") {
        tensor(model, 3).shape = {1, 1, 1, 2, 2, 3};
        tensor(model, 4).shape = {};
        reading const read_back = read(model);
        CHECK(read_back.problems == "");
        CHECK(read_back.model.tensors[3].shape == shape{1, 1, 1, 2, 2, 3});
        CHECK(read_back.model.tensors[4].shape == shape{});
    }
    SUBCASE("a batch that is free stands as the shape says") {
        tensor(model, 0).shape_signature = {-1, 2, 2, 1};
        CHECK(read(model).problems == "");
    }
}

TEST_CASE("tflite: element types") {
    tflite::ModelT model = small_model();
    SUBCASE("one that inlay does not have") {
        tensor(model, 3).type = tflite::TensorType::COMPLEX64;
        expect(model, "tensor 3 \"edges\": element type COMPLEX64 is not supported");
    }
    SUBCASE("one that the format does not have") {
        tensor(model, 3).type = static_cast<tflite::TensorType>(99);
        expect(model, "element type 99 is not supported");
    }
    SUBCASE("int4 has two elements a byte, the last byte may be half empty") {
        tensor(model, 1).type = tflite::TensorType::INT4;
        model.buffers[tensor(model, 1).buffer]->data = {0x21, 0x03};
        CHECK(read(model).problems == "");
    }
}

TEST_CASE("tflite: data of constants") {
    tflite::ModelT model = small_model();
    SUBCASE("too few") {
        model.buffers[1]->data = {1, 2};
        expect(model, "tensor 1 \"filter\": has 2 bytes of data, its shape wants 3");
    }
    SUBCASE("too many") {
        model.buffers[2]->data.resize(13);
        expect(model, "tensor 2 \"bias\": has 13 bytes of data, its shape wants 12");
    }
    SUBCASE("no such buffer") {
        tensor(model, 1).buffer = 7;
        expect(model, "its data are buffer 7, of 3 buffers");
    }
    SUBCASE("no buffers at all") {
        model.buffers.clear();
        reading const read_back = read(model);
        CHECK(read_back.count == 2);
        CHECK(read_back.problems.find("its data are buffer 1, of 0 buffers") != std::string::npos);
    }
    SUBCASE("in another file") {
        tensor(model, 1).external_buffer = 1;
        expect(model, "its data are in another file");
    }
    SUBCASE("sparse") {
        tensor(model, 1).sparsity = std::make_unique<tflite::SparsityParametersT>();
        expect(model, "tensor 1 \"filter\": is sparse");
    }
    SUBCASE("a variable cannot have data") {
        tensor(model, 1).is_variable = true;
        expect(model, "is a variable with data");
    }
    SUBCASE("behind the flatbuffer, beyond the end of the file") {
        model.buffers[1]->data.clear();
        model.buffers[1]->offset = 1'000'000;
        model.buffers[1]->size = 3;
        expect(model, "its data are the 3 bytes from 1000000 on");
    }
    SUBCASE("behind the flatbuffer, with a size that overflows") {
        model.buffers[1]->data.clear();
        model.buffers[1]->offset = 2;
        model.buffers[1]->size = std::numeric_limits<std::uint64_t>::max();
        expect(model, "its data are the 18446744073709551615 bytes from 2 on");
    }
    SUBCASE("behind the flatbuffer") {
        model.buffers[1]->data.clear();
        model.buffers[1]->size = 3;
        model.buffers[1]->offset = 2;  // so that the field is there; its value does not change the size
        model.buffers[1]->offset = pack(model).size();
        std::vector<std::byte> file = pack(model);
        REQUIRE(file.size() == model.buffers[1]->offset);
        for (int const value : {7, 8, 9}) file.push_back(static_cast<std::byte>(value));
        reading const read_back = read(file);
        REQUIRE(read_back.problems == "");
        CHECK(std::ranges::equal(read_back.model.tensors[1].values<std::int8_t>(), std::vector{7, 8, 9}));
    }
    SUBCASE("a tensor without elements needs none") {
        add_tensor(model, "nothing", tflite::TensorType::INT32, {0});
        op(model, 1).inputs = {3, 5};
        reading const read_back = read(model);
        CHECK(read_back.problems == "");
        CHECK(read_back.model.tensors[5].is_constant);
    }
    SUBCASE("many tensors that share one buffer ask for more than the file has") {
        model.buffers[1]->data.assign(100'000, 1);
        tensor(model, 1).shape = {100'000, 1, 1, 1};
        tensor(model, 1).quantization.reset();
        for (int i = 0; i < 10; ++i) {
            tensor(model, static_cast<std::size_t>(add_tensor(model, "copy", tflite::TensorType::INT8, {100'000}))).buffer = 1;
        }
        expect(model, "uses the same bytes over and over");
    }
}

TEST_CASE("tflite: quantisation") {
    tflite::ModelT model = small_model();
    auto& filter = *tensor(model, 1).quantization;
    auto& image = *tensor(model, 0).quantization;
    SUBCASE("scale 0") {
        image.scale = {0};
        expect(model, "tensor 0 \"image\": scale 0 of channel 0");
    }
    SUBCASE("negative scale") {
        filter.scale[2] = -1;
        expect(model, "tensor 1 \"filter\": scale -1 of channel 2");
    }
    SUBCASE("infinite scale") {
        image.scale = {std::numeric_limits<float>::infinity()};
        expect(model, "scale inf of channel 0");
    }
    SUBCASE("scale that is not a number") {
        image.scale = {std::numeric_limits<float>::quiet_NaN()};
        expect(model, "scale nan of channel 0");
    }
    SUBCASE("zero point below the type") {
        image.zero_point = {-129};
        expect(model, "zero point -129 of channel 0");
    }
    SUBCASE("zero point beyond int") {
        tensor(model, 2).quantization->zero_point = {0, 0, std::int64_t{1} << 40};
        expect(model, "tensor 2 \"bias\": zero point 1099511627776 of channel 2");
    }
    SUBCASE("fewer zero points than scales") {
        filter.zero_point = {0, 0};
        expect(model, "3 scales, but 2 zero points");
    }
    SUBCASE("no zero points stand for zeros") {
        filter.zero_point = {};
        CHECK(read(model).model.tensors[1].quantisation.zero_point == std::vector{0, 0, 0});
    }
    SUBCASE("axis beyond the rank") {
        filter.quantized_dimension = 4;
        expect(model, "quantised on axis 4, of 4 axes");
    }
    SUBCASE("negative axis") {
        filter.quantized_dimension = -1;
        expect(model, "quantised on axis -1");
    }
    SUBCASE("more scales than channels") {
        filter.quantized_dimension = 1;
        expect(model, "3 scales for axis 1, which has 1 indices");
    }
    SUBCASE("the axis of a tensor of one axis is that one") {
        tensor(model, 2).quantization->quantized_dimension = 3;
        CHECK(read(model).problems == "");
    }
    SUBCASE("blockwise") {
        image.details.Set(tflite::BlockwiseQuantizationT{});
        expect(model, "quantised by BlockwiseQuantization: not supported");
    }
    SUBCASE("scales of float tensors mean nothing") {
        tensor(model, 4).type = tflite::TensorType::FLOAT32;
        reading const read_back = read(model);
        CHECK(read_back.problems == "");
        CHECK(read_back.model.tensors[4].quantisation.scale.empty());
    }
}

TEST_CASE("tflite: operators and their operands") {
    tflite::ModelT model = small_model();
    SUBCASE("an operator code that is not in the list") {
        op(model, 1).opcode_index = 2;
        expect(model, "operator 1, unknown \"scores\": its operator is number 2 of the file's list");
    }
    SUBCASE("an operand that is no tensor") {
        op(model, 1).inputs = {5};
        expect(model, "operator 1, SOFTMAX \"scores\": input 0 is tensor 5");
    }
    SUBCASE("a negative operand") {
        op(model, 0).inputs = {0, -2, 2};
        expect(model, "operator 0, CONV_2D \"edges\": input 1 is tensor -2");
    }
    SUBCASE("a result that is no tensor") {
        op(model, 1).outputs = {5};
        expect(model, "operator 1, SOFTMAX: output 0 is tensor 5");
    }
    SUBCASE("a result cannot be absent") {
        op(model, 1).outputs = {-1};
        expect(model, "operator 1, SOFTMAX: output 0 is tensor -1");
    }
    SUBCASE("an input may be absent") {
        op(model, 0).inputs = {0, 1, -1};
        reading const read_back = read(model);
        CHECK(read_back.problems == "");
        CHECK(read_back.model.operations[0].inputs[2] == tool::operation::absent);
    }
    SUBCASE("more operators than a header can have") {
        for (int i = 0; i < 4096; ++i) add_operator(model, tflite::BuiltinOperator::RELU, {3}, {4});
        expect(model, "has 4098 operators");
    }
    SUBCASE("the code of old files") {
        model.operator_codes[0]->builtin_code = tflite::BuiltinOperator::ADD;
        model.operator_codes[0]->deprecated_builtin_code = 3;
        CHECK(read(model).model.operations[0].kind == "CONV_2D");
    }
    SUBCASE("a custom operator") {
        model.operator_codes[1]->builtin_code = tflite::BuiltinOperator::CUSTOM;
        model.operator_codes[1]->custom_code = "Sharpen\n";
        op(model, 1).builtin_options.Reset();
        CHECK(read(model).model.operations[1].kind == "CUSTOM:Sharpen?");
    }
    SUBCASE("an operator newer than the schema") {
        model.operator_codes[1]->builtin_code = static_cast<tflite::BuiltinOperator>(4711);
        CHECK(read(model).model.operations[1].kind == "BUILTIN:4711");
    }
}

TEST_CASE("tflite: order of execution") {
    tflite::ModelT model = small_model();
    auto& operators = model.subgraphs[0]->operators;
    SUBCASE("read before it is made") {
        std::swap(operators[0], operators[1]);
        expect(model, "operator 0, SOFTMAX \"scores\": reads tensor 3 \"edges\" before it is made");
    }
    SUBCASE("cycle") {
        op(model, 0).inputs[0] = 4;
        expect(model, "operator 0, CONV_2D \"edges\": reads tensor 4 \"scores\" before it is made");
    }
    SUBCASE("reads its own result") {
        op(model, 1).inputs = {4};
        expect(model, "operator 1, SOFTMAX \"scores\": reads tensor 4 \"scores\" before it is made");
    }
    SUBCASE("nothing makes it") {
        add_tensor(model, "lost", tflite::TensorType::INT8, {1});
        op(model, 1).inputs = {5};
        expect(model, "reads tensor 5 \"lost\", which nothing makes");
    }
    SUBCASE("nothing makes an output") {
        operators.pop_back();
        expect(model, "tensor 4 \"scores\": is an output of the model, but nothing makes it");
    }
    SUBCASE("made twice") {
        op(model, 1).outputs = {3};
        op(model, 1).inputs = {0};
        model.subgraphs[0]->outputs = {3};
        expect(model, "operator 1, SOFTMAX \"edges\": writes tensor 3 \"edges\", which is made already");
    }
    SUBCASE("one operator makes it twice") {
        op(model, 1).outputs = {4, 4};
        expect(model, "writes tensor 4 \"scores\", which is made already");
    }
    SUBCASE("a constant is written") {
        op(model, 1).outputs = {1};
        model.subgraphs[0]->outputs = {3};
        expect(model, "writes tensor 1 \"filter\", which is made already");
    }
    SUBCASE("an input is written") {
        op(model, 1).outputs = {0};
        model.subgraphs[0]->outputs = {3};
        expect(model, "writes tensor 0 \"image\", which is made already");
    }
    SUBCASE("a variable is written") {
        tensor(model, 4).is_variable = true;
        expect(model, "operator 1, SOFTMAX \"scores\": writes the variable tensor 4 \"scores\"");
    }
    SUBCASE("a variable is read") {
        tensor(model, static_cast<std::size_t>(add_tensor(model, "memory", tflite::TensorType::INT8, {4}))).is_variable = true;
        op(model, 1).inputs = {3, 5};
        CHECK(read(model).problems == "");
    }
    SUBCASE("an input that is listed twice") {
        model.subgraphs[0]->inputs = {0, 0};
        expect(model, "tensor 0 \"image\": is an input of the model and something else, too");
    }
    SUBCASE("an input that is a constant") {
        model.subgraphs[0]->inputs = {0, 1};
        expect(model, "tensor 1 \"filter\": is an input of the model and something else, too");
    }
}

TEST_CASE("tflite: all problems in one run") {
    tflite::ModelT model = small_model();
    tensor(model, 0).quantization->scale = {0};
    tensor(model, 1).shape = {3, 1, 1, 1, 1, 1, 1};
    op(model, 0).builtin_options.AsConv2DOptions()->stride_h = 0;
    op(model, 1).inputs = {99};
    model.subgraphs.push_back(std::make_unique<tflite::SubGraphT>());
    reading const read_back = read(model);
    INFO(read_back.problems);
    CHECK(read_back.count == 5);
}

}  // namespace inlay::test
