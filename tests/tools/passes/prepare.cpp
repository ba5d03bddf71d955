// SPDX-License-Identifier: MIT
#include "../read/sample.hpp"
#include "passes/prepare.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace inlay::test {
namespace {

using enum tflite::TensorType;
using tflite::BuiltinOperator;

/// RELU of a constant, then ADD of the input to it.
///   tensors   0 input, 1 constant, 2 RELU's result, 3 sum
tflite::ModelT model_with_constant_relu(std::vector<int> const& shape, std::vector<float> const& values) {
    tflite::ModelT model = empty_model();
    add_tensor(model, "signal", FLOAT32, shape);
    add_tensor(model, "offset", FLOAT32, shape, bytes_of_values(values));
    add_tensor(model, "positive", FLOAT32, shape);
    add_tensor(model, "sum", FLOAT32, shape);
    add_operator(model, BuiltinOperator::RELU, {1}, {2});
    add_operator(model, BuiltinOperator::ADD, {0, 2}, {3});
    model.subgraphs[0]->inputs = {0};
    model.subgraphs[0]->outputs = {3};
    return model;
}

tool::graph checked(tflite::ModelT const& model) {
    reading read_back = read(model);
    REQUIRE(read_back.problems == "");
    tool::report problems{"test.tflite"};
    tool::check_operations(read_back.model, problems);
    REQUIRE(problems.text() == "");
    return std::move(read_back.model);
}

}  // namespace

TEST_CASE("fold_constants: an operation on constants becomes its result") {
    tool::graph model = checked(model_with_constant_relu({1, 4}, {-1, 2, -3, 4}));
    tool::fold_constants(model);
    REQUIRE(model.operations.size() == 1);
    CHECK(model.operations[0].kind == "ADD");
    CHECK(model.tensors[2].is_constant);
    CHECK(std::ranges::equal(model.tensors[2].values<float>(), std::vector<float>{0, 2, 0, 4}));
}

TEST_CASE("fold_constants: a constant that would be huge stays an operation") {
    constexpr int elements = 1'100'000;
    tool::graph model = checked(model_with_constant_relu({1, elements}, std::vector<float>(elements, 1.F)));
    tool::fold_constants(model);
    CHECK(model.operations.size() == 2);
    CHECK(!model.tensors[2].is_constant);
}

TEST_CASE("check_operations: problems of the reader and missing operators in one run") {
    tflite::ModelT model = small_model();
    model.subgraphs[0]->tensors[0]->quantization->scale = {-1};
    model.operator_codes[1]->builtin_code = BuiltinOperator::SVDF;
    model.subgraphs[0]->operators[1]->builtin_options.Reset();
    tool::report problems{"test.tflite"};
    tool::graph read_back = tool::read_tflite(pack(model), "test.tflite", problems);
    tool::check_operations(read_back, problems);
    INFO(problems.text());
    CHECK(problems.count() == 2);
    CHECK(problems.text().find("tensor 0 \"image\": scale -1") != std::string::npos);
    CHECK(problems.text().find("operator 1, SVDF \"scores\": operator not supported") != std::string::npos);
}

TEST_CASE("check_operations: more memory at once than can be planned") {
    tflite::ModelT model = empty_model();
    for (char const* const name : {"in", "middle", "out"}) add_tensor(model, name, FLOAT32, {1, 40 << 20});
    add_operator(model, BuiltinOperator::RELU, {0}, {1});
    add_operator(model, BuiltinOperator::TANH, {1}, {2});
    model.subgraphs[0]->inputs = {0};
    model.subgraphs[0]->outputs = {2};
    reading read_back = read(model);
    REQUIRE(read_back.problems == "");
    tool::report problems{"test.tflite"};
    tool::check_operations(read_back.model, problems);
    INFO(problems.text());
    CHECK(problems.count() == 1);
    CHECK(problems.text().find("operator 0, RELU \"middle\": 320 MiB of tensors are alive at once") != std::string::npos);
}

}  // namespace inlay::test
