// SPDX-License-Identifier: MIT
#include "model/names.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace inlay::test {

using tool::node_names;
using tool::snake_case;

namespace {

/// A model whose tensors have these names: the first is its input, each other one is made by an operator of this kind from the one before.
tool::graph chain(std::string const& kind, std::vector<std::string> const& names) {
    tool::graph model;
    for (std::size_t i = 0; i < names.size(); ++i) {
        tool::tensor_description tensor;
        tensor.name = names[i];
        model.tensors.push_back(tensor);
        int const t = static_cast<int>(i);
        if (i > 0) {
            tool::operation op;
            op.kind = kind;
            op.inputs = {t - 1};
            op.outputs = {t};
            model.operations.push_back(op);
        }
    }
    model.inputs = {0};
    model.outputs = {static_cast<int>(names.size()) - 1};
    return model;
}

/// What the second of three tensors is called: it is neither input nor output.
std::string layer_name(std::string const& kind, std::string const& name) { return node_names(chain(kind, {"signal", name, "end"}))[1]; }

}  // namespace

TEST_CASE("snake_case: words, numbers and everything else") {
    CHECK(snake_case("MobilenetV1/Conv2D_0") == "mobilenet_v1_conv2d_0");
    CHECK(snake_case("RGBImage") == "rgb_image");
    CHECK(snake_case("__a--b..c__") == "a_b_c");
    CHECK(snake_case("1x1") == "n1x1");
    CHECK(snake_case("größe") == "gr_e");
    CHECK(snake_case("///") == "");
    CHECK(snake_case("") == "");
}

TEST_CASE("namespace_from: nothing that is declared outside of a namespace") {
    CHECK(tool::namespace_from("keyword") == "keyword");
    CHECK(tool::namespace_from("kws ref-model") == "kws_ref_model");
    CHECK(tool::namespace_from("sin") == "sin_model");
    CHECK(tool::namespace_from("class") == "class_model");
    CHECK(tool::namespace_from("inlay") == "inlay_model");
    CHECK(tool::namespace_from("network") == "network_model");
    CHECK(tool::namespace_from("2024") == "n2024");
    CHECK(tool::namespace_from("") == "unnamed");
    CHECK(tool::namespace_from("model") == "model");
}

TEST_CASE("is_identifier: what C++ takes") {
    CHECK(tool::is_identifier("keyword_2"));
    CHECK(tool::is_identifier("_Keyword"));
    CHECK(!tool::is_identifier(""));
    CHECK(!tool::is_identifier("2nd"));
    CHECK(!tool::is_identifier("a-b"));
    CHECK(!tool::is_identifier("größe"));
    CHECK(!tool::is_identifier("namespace"));
}

TEST_CASE("node_names: scopes and the operators of a layer go") {
    CHECK(layer_name("CONV_2D", "MobilenetV1/Conv2d_0/Relu6") == "conv2d_0");
    CHECK(layer_name("FULLY_CONNECTED", "sequential/dense/BiasAdd") == "dense");
    CHECK(layer_name("RESHAPE", "model/flatten/Reshape") == "flatten");
    CHECK(layer_name("ADD", "functional_1/skip_2/add") == "skip_2");
    CHECK(layer_name("AVERAGE_POOL_2D", "MobilenetV1/Logits/AvgPool_1a/AvgPool") == "avg_pool_1a");
    CHECK(layer_name("FULLY_CONNECTED", "serving_default_hidden:0") == "hidden");
}

TEST_CASE("node_names: of merged layers, the one that computes") {
    CHECK(layer_name("CONV_2D", "m/activation_2/Relu;m/batch_normalization_2/FusedBatchNormV3;m/conv2d_1/BiasAdd;m/conv2d_4/Conv2D") == "conv2d_1");
    CHECK(layer_name("CONV_2D", "m/activation/Relu;m/depthwise_conv2d_3/depthwise;m/conv2d_7/Conv2D") == "conv2d_7");
    CHECK(layer_name("DEPTHWISE_CONV_2D", "m/activation/Relu;m/conv2d_7/Conv2D;m/depthwise_conv2d_3/depthwise1") == "depthwise_conv2d_3");
    CHECK(layer_name("FULLY_CONNECTED", "m/activation/Relu;m/dense_3/BiasAdd") == "dense_3");
    CHECK(layer_name("MUL", "m/activation_9/Relu") == "activation_9");
}

TEST_CASE("node_names: a name that says nothing gives way to operator and number") {
    CHECK(layer_name("CONV_2D", "") == "conv2d_0");
    CHECK(layer_name("DEPTHWISE_CONV_2D", "Relu") == "depthwise_conv2d_0");
    CHECK(layer_name("RELU", "Relu_4") == "relu_4");
    CHECK(layer_name("FULLY_CONNECTED", "StatefulPartitionedCall:0") == "fully_connected_0");
    CHECK(layer_name("QUANTIZE", "tfl.quantize3") == "quantize_0");
    CHECK(layer_name("CUSTOM:SignalWindow", "///") == "signal_window_0");
    CHECK(layer_name("CUSTOM:???", "") == "operator_0");
}

TEST_CASE("node_names: inputs and outputs") {
    tool::graph model = chain("SOFTMAX", {"input_1_int8", "hidden", "Identity_int8"});
    CHECK(node_names(model) == std::vector<std::string>{"features", "hidden", "scores"});
    model.tensors[0].shape = shape{1, 28, 28, 1};
    CHECK(node_names(model)[0] == "image");
    model.tensors[0].shape = shape{1, 49, 10, 1};
    CHECK(node_names(model)[0] == "features");
    model.tensors[0].name = "serving_default_audio_frame:0";
    CHECK(node_names(model)[0] == "audio_frame");
    model.operations[1].kind = "ADD";
    CHECK(node_names(model)[2] == "prediction");
}

TEST_CASE("node_names: as many components as tell layers apart") {
    CHECK(node_names(chain("ADD", {"signal", "block1/sum", "block2/sum", "end"})) ==
          std::vector<std::string>{"signal", "block1_sum", "block2_sum", "end"});
    CHECK(node_names(chain("ADD", {"signal", "a/b/c", "x/b/c", "x/y/c"})) == std::vector<std::string>{"signal", "a_b_c", "x_b_c", "y_c"});
}

TEST_CASE("node_names: the same name many times") {
    CHECK(node_names(chain("ADD", {"t", "t", "t", "t"})) == std::vector<std::string>{"t", "t_1", "t_2", "t_3"});
    CHECK(node_names(chain("ADD", {"t_1", "t", "t", "t_2"})) == std::vector<std::string>{"t_1", "t", "t_2", "t_2_1"});
}

TEST_CASE("node_names: neither keywords nor names of inlay") {
    CHECK(layer_name("ADD", "class") == "class_0");
    CHECK(layer_name("ADD", "int") == "int_0");
    CHECK(layer_name("ADD", "model") != "model");
    CHECK(layer_name("CONV_2D", "conv2d") == "conv2d_0");
    CHECK(layer_name("ADD", "engine") == "engine_0");
    CHECK(layer_name("ADD", "shape_of") == "shape_of");
    CHECK(layer_name("ADD", "first_weights") == "first_weights_0");
    CHECK(layer_name("ADD", "std") == "std_0");
}

TEST_CASE("node_names: short") {
    std::string const name = layer_name("ADD", std::string(300, 'x'));
    CHECK(name.size() <= 40);
    CHECK(layer_name("ADD", "the_name_is_cut_so_that_no_underscore_is_last").back() != '_');
}

}  // namespace inlay::test
