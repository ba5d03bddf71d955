// SPDX-License-Identifier: MIT
#include "sample.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace inlay::test {
namespace {

using tflite::BuiltinOperator;

/// A model of one operator over float tensors: an input of this shape, a second one, and a result.
tflite::ModelT model_of(BuiltinOperator code, std::vector<int> shape, std::vector<int> second) {
    tflite::ModelT model = empty_model();
    add_tensor(model, "in", tflite::TensorType::FLOAT32, std::move(shape));
    add_tensor(model, "second", tflite::TensorType::FLOAT32, std::move(second));
    add_tensor(model, "out", tflite::TensorType::FLOAT32, {1});
    add_operator(model, code, {0, 1}, {2});
    model.subgraphs[0]->inputs = {0, 1};
    model.subgraphs[0]->outputs = {2};
    return model;
}

template <class Options>
reading read_with(BuiltinOperator code, Options options, std::vector<int> shape = {1, 4, 4, 2}, std::vector<int> second = {1, 3, 3, 4}) {
    tflite::ModelT model = model_of(code, std::move(shape), std::move(second));
    model.subgraphs[0]->operators[0]->builtin_options.Set(std::move(options));
    return read(model);
}

reading read_without(BuiltinOperator code) { return read(model_of(code, {1, 4, 4, 2}, {1, 3, 3, 4})); }

template <class Options>
Options options_of(reading const& read_back) {
    REQUIRE(read_back.problems == "");
    REQUIRE(std::holds_alternative<Options>(read_back.model.operations[0].options));
    return std::get<Options>(read_back.model.operations[0].options);
}

void expect(reading const& read_back, std::string const& words) {
    INFO(read_back.problems);
    CHECK(read_back.count == 1);
    CHECK(read_back.problems.find(words) != std::string::npos);
}

tflite::Conv2DOptionsT some_conv2d() {
    tflite::Conv2DOptionsT from;
    from.padding = tflite::Padding::VALID;
    from.stride_h = 2;
    from.stride_w = 3;
    from.dilation_h_factor = 4;
    from.dilation_w_factor = 5;
    from.fused_activation_function = tflite::ActivationFunctionType::RELU_N1_TO_1;
    return from;
}

}  // namespace

TEST_CASE("tflite options: conv2d") {
    CHECK(options_of<conv2d_options>(read_with(BuiltinOperator::CONV_2D, some_conv2d())) ==
          conv2d_options{.stride_h = 2, .stride_w = 3, .dilation_h = 4, .dilation_w = 5, .padding = padding::valid,
                         .activation = activation_function::relu_n1_to_1});
    tflite::Conv2DOptionsT from = some_conv2d();
    SUBCASE("stride 0") {
        from.stride_w = 0;
        expect(read_with(BuiltinOperator::CONV_2D, from), "stride_w is 0");
    }
    SUBCASE("dilation so large that reaches overflow") {
        from.dilation_h_factor = std::numeric_limits<int>::max();
        expect(read_with(BuiltinOperator::CONV_2D, from), "dilation_h is 2147483647");
    }
    SUBCASE("padding of an unknown kind") {
        from.padding = static_cast<tflite::Padding>(2);
        expect(read_with(BuiltinOperator::CONV_2D, from), "padding is number 2");
    }
    SUBCASE("activation that cannot be fused") {
        from.fused_activation_function = tflite::ActivationFunctionType::TANH;
        expect(read_with(BuiltinOperator::CONV_2D, from), "fused activation TANH is not supported");
    }
    SUBCASE("activation of an unknown kind") {
        from.fused_activation_function = static_cast<tflite::ActivationFunctionType>(77);
        expect(read_with(BuiltinOperator::CONV_2D, from), "fused activation 77 is not supported");
    }
    SUBCASE("no options") { expect(read_without(BuiltinOperator::CONV_2D), "has no options"); }
    SUBCASE("options of another operator") {
        expect(read_with(BuiltinOperator::CONV_2D, tflite::SoftmaxOptionsT{}), "its options are SoftmaxOptions");
    }
}

TEST_CASE("tflite options: depthwise_conv2d") {
    tflite::DepthwiseConv2DOptionsT from;
    from.stride_h = 1;
    from.stride_w = 2;
    from.depth_multiplier = 2;
    CHECK(options_of<depthwise_conv2d_options>(read_with(BuiltinOperator::DEPTHWISE_CONV_2D, from)) ==
          depthwise_conv2d_options{.stride_h = 1, .stride_w = 2, .padding = padding::same});
    from.depth_multiplier = 0;
    options_of<depthwise_conv2d_options>(read_with(BuiltinOperator::DEPTHWISE_CONV_2D, from));
    from.depth_multiplier = 3;
    expect(read_with(BuiltinOperator::DEPTHWISE_CONV_2D, from), "depth multiplier 3, with 2 input channels and 4 filter channels");
    from.depth_multiplier = std::numeric_limits<int>::min();
    expect(read_with(BuiltinOperator::DEPTHWISE_CONV_2D, from), "depth multiplier -2147483648");
}

TEST_CASE("tflite options: pools") {
    tflite::Pool2DOptionsT from;
    from.filter_height = 2;
    from.filter_width = 3;
    from.stride_h = 4;
    from.stride_w = 5;
    from.fused_activation_function = tflite::ActivationFunctionType::RELU;
    for (BuiltinOperator const code : {BuiltinOperator::AVERAGE_POOL_2D, BuiltinOperator::MAX_POOL_2D}) {
        CHECK(options_of<pool2d_options>(read_with(code, from)) == pool2d_options{.filter_h = 2, .filter_w = 3, .stride_h = 4, .stride_w = 5,
                                                                                  .padding = padding::same, .activation = activation_function::relu});
    }
    from.filter_width = 0;
    expect(read_with(BuiltinOperator::MAX_POOL_2D, from), "filter_width is 0");
}

TEST_CASE("tflite options: fully_connected") {
    tflite::FullyConnectedOptionsT from;
    from.keep_num_dims = true;
    from.fused_activation_function = tflite::ActivationFunctionType::RELU6;
    CHECK(options_of<fully_connected_options>(read_with(BuiltinOperator::FULLY_CONNECTED, from)) ==
          fully_connected_options{.activation = activation_function::relu6, .keep_num_dims = true});
    options_of<fully_connected_options>(read_without(BuiltinOperator::FULLY_CONNECTED));
    from.weights_format = tflite::FullyConnectedOptionsWeightsFormat::SHUFFLED4x16INT8;
    expect(read_with(BuiltinOperator::FULLY_CONNECTED, from), "its weights are shuffled");
}

TEST_CASE("tflite options: softmax and leaky_relu have finite numbers") {
    tflite::SoftmaxOptionsT softmax;
    softmax.beta = 2;
    CHECK(options_of<softmax_options>(read_with(BuiltinOperator::SOFTMAX, softmax)).beta == 2);
    softmax.beta = std::numeric_limits<float>::infinity();
    expect(read_with(BuiltinOperator::SOFTMAX, softmax), "beta is inf");
    expect(read_without(BuiltinOperator::SOFTMAX), "has no options");

    tflite::LeakyReluOptionsT leaky;
    leaky.alpha = 0.1F;
    CHECK(options_of<leaky_relu_options>(read_with(BuiltinOperator::LEAKY_RELU, leaky)).alpha == 0.1F);
    leaky.alpha = std::numeric_limits<float>::quiet_NaN();
    expect(read_with(BuiltinOperator::LEAKY_RELU, leaky), "alpha is nan");
}

TEST_CASE("tflite options: concatenation, sums and means") {
    tflite::ConcatenationOptionsT concatenation;
    concatenation.axis = -1;
    CHECK(options_of<concatenation_options>(read_with(BuiltinOperator::CONCATENATION, concatenation)).axis == -1);

    tflite::ReducerOptionsT reducer;
    reducer.keep_dims = true;
    CHECK(options_of<reduce_options>(read_with(BuiltinOperator::MEAN, reducer)).keep_dims);
    CHECK(!options_of<reduce_options>(read_without(BuiltinOperator::SUM)).keep_dims);
}

TEST_CASE("tflite options: add, sub, mul") {
    tflite::AddOptionsT add;
    tflite::SubOptionsT sub;
    tflite::MulOptionsT mul;
    add.fused_activation_function = sub.fused_activation_function = mul.fused_activation_function = tflite::ActivationFunctionType::RELU;
    elementwise_options const wanted{.activation = activation_function::relu};
    CHECK(options_of<elementwise_options>(read_with(BuiltinOperator::ADD, add)) == wanted);
    CHECK(options_of<elementwise_options>(read_with(BuiltinOperator::SUB, sub)) == wanted);
    CHECK(options_of<elementwise_options>(read_with(BuiltinOperator::MUL, mul)) == wanted);
    CHECK(options_of<elementwise_options>(read_without(BuiltinOperator::ADD)) == elementwise_options{});
}

TEST_CASE("tflite options: reshape, squeeze, expand_dims") {
    tflite::ReshapeOptionsT reshape;
    reshape.new_shape = {1, -1};
    CHECK(options_of<reshape_options>(read_with(BuiltinOperator::RESHAPE, reshape)).to == shape{1, -1});
    reshape.new_shape.assign(7, 1);
    expect(read_with(BuiltinOperator::RESHAPE, reshape), "reshapes to 7 axes");

    tflite::SqueezeOptionsT squeeze;
    std::vector<int> const from = {1, 3, 1, 1};
    CHECK(options_of<reshape_options>(read_with(BuiltinOperator::SQUEEZE, squeeze, from)).to == shape{3});
    squeeze.squeeze_dims = {0, -1};
    CHECK(options_of<reshape_options>(read_with(BuiltinOperator::SQUEEZE, squeeze, from)).to == shape{3, 1});
    squeeze.squeeze_dims = {1};
    expect(read_with(BuiltinOperator::SQUEEZE, squeeze, from), "squeezes axis 1 of [1, 3, 1, 1]");
    squeeze.squeeze_dims = {4};
    expect(read_with(BuiltinOperator::SQUEEZE, squeeze, from), "squeezes axis 4");
    squeeze.squeeze_dims = {std::numeric_limits<int>::min()};
    expect(read_with(BuiltinOperator::SQUEEZE, squeeze, from), "squeezes axis -2147483648");

    options_of<reshape_options>(read_without(BuiltinOperator::EXPAND_DIMS));
}

TEST_CASE("tflite options: operators without any") {
    using enum BuiltinOperator;
    for (BuiltinOperator const code : {LOGISTIC, TANH, RELU, RELU6, RELU_N1_TO_1, HARD_SWISH, QUANTIZE, DEQUANTIZE}) {
        options_of<unary_options>(read_without(code));
    }
    options_of<pad_options>(read_without(PAD));
    options_of<pad_options>(read_without(PADV2));
    options_of<transpose_options>(read_without(TRANSPOSE));
    options_of<std::monostate>(read_without(SVDF));
}

}  // namespace inlay::test
