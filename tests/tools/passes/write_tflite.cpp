// SPDX-License-Identifier: MIT
#include "passes/made_up.hpp"

#include "passes/proof.hpp"
#include "passes/shrink.hpp"
#include "read/tflite.hpp"
#include "write/model_header.hpp"
#include "write/tflite.hpp"

#include <doctest/doctest.h>

namespace inlay::tool {
namespace {

/// The model as it is read back, checked to answer the same.
graph written_and_read(graph const& model) {
    auto const bytes = write_tflite(model);
    report problems{"written.tflite"};
    auto read = read_tflite(bytes, "written.tflite", problems);
    check_operations(read, problems);
    REQUIRE_MESSAGE(problems.empty(), problems.text());
    fold_constants(read);
    auto const difference = proof{model, sample_inputs(model)}.first_difference_of(read, 0);
    CHECK_MESSAGE(!difference, difference.value_or(""));
    return read;
}

TEST_CASE("write_tflite: a shrunk network of several operators is read back as it was") {
    network net;
    int const in = net.input({1, 4, 4, 2});
    int const first = net.convolve(in, {3, 1, 1, 2}, {50, -20, 0, 0, 7, 90}, {10, 4000, -30}, {.activation = activation_function::relu6});
    int const pooled = net.operate("MAX_POOL_2D", pool2d_options{.filter_h = 2, .filter_w = 2, .stride_h = 2, .stride_w = 2}, {first},
                                   net.tensor(element_type::int8, {1, 2, 2, 3}, {0.05F, -5}));
    int const flat = net.operate("RESHAPE", reshape_options{{1, 12}}, {pooled}, net.tensor(element_type::int8, {1, 12}, {0.05F, -5}));
    int const end = net.operate("SOFTMAX", softmax_options{.beta = 0.5F}, {flat}, net.tensor(element_type::int8, {1, 12}, {1.0F / 256, -128}));
    auto model = net.finish({end});
    shrink(model);
    auto const read = written_and_read(model);
    CHECK(read.operations.size() == model.operations.size());
    CHECK(count_weight_bytes(read) == count_weight_bytes(model));
    CHECK(read.tensors[static_cast<std::size_t>(read.outputs[0])].name == model.tensors[static_cast<std::size_t>(model.outputs[0])].name);
}

TEST_CASE("write_tflite: a result of another shape than its input's becomes a RESHAPE and the operator") {
    network net;
    int const in = net.input({1, 1, 1, 4});
    int const flat = net.operate("RESHAPE", reshape_options{{1, 4}}, {in}, net.tensor(element_type::int8, {1, 4}, {0.05F, 3}));
    auto model = net.finish({net.operate("SOFTMAX", softmax_options{}, {flat}, net.tensor(element_type::int8, {1, 4}, {1.0F / 256, -128}))});
    shrink(model);
    REQUIRE(model.operations.size() == 1);
    auto const read = written_and_read(model);
    REQUIRE(read.operations.size() == 2);
    CHECK(read.operations[0].kind == "RESHAPE");
    CHECK(read.out(read.operations[1]).shape == inlay::shape{1, 4});
    CHECK(read.in(read.operations[1], 0).shape == inlay::shape{1, 4});
}

TEST_CASE("write_tflite: padding that the format lacks becomes a PAD") {
    network net;
    int const in = net.input({1, 4, 4, 1});
    conv2d_options const options{.stride_h = 2, .stride_w = 2, .padding = {padding::kind::given, 1, 1, 1, 1}};
    auto const model = net.finish({net.convolve(in, {1, 3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {7}, options)});
    auto const read = written_and_read(model);
    REQUIRE(read.operations.size() == 2);
    CHECK(read.operations[0].kind == "PAD");
    CHECK(std::get<conv2d_options>(read.operations[1].options).padding == padding::valid);
}

TEST_CASE("write_tflite: a depthwise convolution says its new multiplier's channels") {
    network net;
    int const in = net.input({1, 3, 3, 1});
    int const first = net.convolve(in, {3, 1, 1, 1}, {50, 0, 7}, {10, 4000, -30});
    int const w = net.constant<std::int8_t>(element_type::int8, {1, 1, 1, 6}, {70, 80, 90, 100, 110, 120}, {{0.01F}, {0}, 0});
    int const end = net.operate("DEPTHWISE_CONV_2D", depthwise_conv2d_options{}, {first, w}, net.tensor(element_type::int8, {1, 3, 3, 6}, {0.01F, 0}));
    int const last = net.convolve(end, {1, 1, 1, 6}, {50, 60, 70, 80, 90, 100}, {1});
    auto model = net.finish({last});
    shrink(model);
    CHECK(model.in(model.operations[1], 0).shape.c() == 2);
    CHECK(written_and_read(model).in(model.operations[1], 1).shape.c() == 4);
}

}  // namespace
}  // namespace inlay::tool
