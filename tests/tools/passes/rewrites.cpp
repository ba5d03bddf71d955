// SPDX-License-Identifier: MIT
#include "passes/made_up.hpp"

#include "passes/passes.hpp"
#include "passes/proof.hpp"
#include "passes/shrink.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <string_view>
#include <utility>

namespace inlay::tool {
namespace {

std::vector<std::string> kinds_of(graph const& model) {
    std::vector<std::string> kinds;
    for (auto const& op : model.operations) kinds.push_back(op.kind);
    return kinds;
}

graph shrunk(graph const& model, double tolerance = 0) {
    graph small = model;
    shrink(small);
    auto const difference = proof{model, sample_inputs(model, 2, 5)}.first_difference_of(small, tolerance);
    CHECK_MESSAGE(!difference, difference.value_or(""));
    return small;
}

using kinds = std::vector<std::string>;
std::vector<std::int8_t> const nine{1, 2, 3, 4, 5, 6, 7, 8, 9};

TEST_CASE("absorb_padding: PAD in front of a convolution") {
    network net;
    int const in = net.input({1, 4, 4, 1});
    int const list = net.constant<std::int32_t>(element_type::int32, {4, 2}, {0, 0, 1, 2, 1, 0, 0, 0});
    int const padded = net.operate("PAD", pad_options{}, {in, list}, net.tensor(element_type::int8, {1, 7, 5, 1}, {0.05F, 3}));
    auto const small = shrunk(net.finish({net.convolve(padded, {1, 3, 3, 1}, nine, {7})}));
    CHECK(kinds_of(small) == kinds{"CONV_2D"});
    CHECK(std::get<conv2d_options>(small.operations[0].options).padding == padding{padding::kind::given, 1, 2, 1, 0});
}

TEST_CASE("absorb_padding: not where another reader needs the PAD") {
    network net;
    int const in = net.input({1, 4, 4, 1});
    int const list = net.constant<std::int32_t>(element_type::int32, {4, 2}, {0, 0, 1, 1, 1, 1, 0, 0});
    int const padded = net.operate("PAD", pad_options{}, {in, list}, net.tensor(element_type::int8, {1, 6, 6, 1}, {0.05F, 3}));
    int const end = net.convolve(padded, {1, 3, 3, 1}, nine, {7});
    CHECK(kinds_of(shrunk(net.finish({end, padded}))) == kinds{"PAD", "CONV_2D"});
}

TEST_CASE("fuse_activations: RELU of one scale") {
    for (float const scale : {0.05F, 0.04F}) {
        CAPTURE(scale);
        network net;
        int const in = net.input({1, 4, 4, 1});
        int const sum = net.convolve(in, {1, 3, 3, 1}, nine, {7}, {}, {0.05F, -5});
        int const end = net.operate("RELU", unary_options{}, {sum}, net.tensor(element_type::int8, {1, 2, 2, 1}, {scale, -5}));
        CHECK(kinds_of(shrunk(net.finish({end}))) == (scale == 0.05F ? kinds{"CONV_2D"} : kinds{"CONV_2D", "RELU"}));
    }
}

TEST_CASE("fold_scales: a batch normalisation behind a float convolution") {
    network net;
    int const in = net.input({1, 4, 4, 2}, element_type::float32);
    std::vector<float> filter;
    for (int i = 0; i < 36; ++i) filter.push_back(0.1F * static_cast<float>(i % 7) - 0.3F);
    int const w = net.constant(element_type::float32, {2, 3, 3, 2}, filter);
    int const sum = net.operate("CONV_2D", conv2d_options{}, {in, w}, net.tensor(element_type::float32, {1, 2, 2, 2}));
    int const scale = net.constant<float>(element_type::float32, {2}, {0.5F, 3});
    int const product = net.operate("MUL", elementwise_options{}, {sum, scale}, net.tensor(element_type::float32, {1, 2, 2, 2}));
    int const offset = net.constant<float>(element_type::float32, {1, 1, 1, 2}, {-1, 0.25F});
    int const moved = net.operate("ADD", elementwise_options{.activation = activation_function::relu}, {offset, product},
                                  net.tensor(element_type::float32, {1, 2, 2, 2}));
    auto const small = shrunk(net.finish({moved}), 1e-5);
    CHECK(kinds_of(small) == kinds{"CONV_2D"});
    CHECK(std::get<conv2d_options>(small.operations[0].options).activation == activation_function::relu);
    CHECK(small.in(small.operations[0], 2).values<float>()[1] == 0.25F);
}

TEST_CASE("trim_filters: same padding over an image of one row") {
    network net;
    int const in = net.input({1, 1, 5, 1});
    auto const small = shrunk(net.finish({net.convolve(in, {1, 3, 3, 1}, nine, {7}, {.padding = padding::same})}));
    CHECK(small.in(small.operations[0], 1).shape == inlay::shape{1, 1, 3, 1});
    CHECK(std::ranges::equal(small.in(small.operations[0], 1).values<std::int8_t>(), std::vector<std::int8_t>{4, 5, 6}));
}

TEST_CASE("convolve_one_channel: a depthwise convolution of an image with one channel") {
    for (bool const per_channel : {true, false}) {
        CAPTURE(per_channel);
        network net;
        int const in = net.input({1, 5, 6, 1});
        std::vector<std::int8_t> weights;
        for (int i = 0; i < 18; ++i) weights.push_back(static_cast<std::int8_t>(7 * i - 60));
        quantisation const scales = per_channel ? quantisation{{0.01F, 0.02F, 0.005F}, {0, 0, 0}, 3} : quantisation{{0.01F}, {0}, 0};
        int const w = net.constant(element_type::int8, {1, 2, 3, 3}, weights, scales);
        int const b = net.constant<std::int32_t>(element_type::int32, {3}, {100, -200, 300});
        depthwise_conv2d_options const options{.stride_h = 2, .padding = padding::same, .activation = activation_function::relu};
        int const end = net.operate("DEPTHWISE_CONV_2D", options, {in, w, b}, net.tensor(element_type::int8, {1, 3, 6, 3}, {0.05F, -5}));
        auto const small = shrunk(net.finish({end}));
        CHECK(kinds_of(small) == kinds{"CONV_2D"});
        CHECK(small.in(small.operations[0], 1).shape == inlay::shape{3, 2, 3, 1});
        CHECK(small.in(small.operations[0], 1).values<std::int8_t>()[1] == weights[3]);
        CHECK(std::get<conv2d_options>(small.operations[0].options).stride_h == 2);
    }
}

TEST_CASE("convolve_one_channel: not with two channels") {
    network net;
    int const in = net.input({1, 4, 4, 2});
    std::vector<std::int8_t> weights;
    for (int i = 0; i < 18; ++i) weights.push_back(static_cast<std::int8_t>(7 * i - 60));
    int const w = net.constant(element_type::int8, {1, 3, 3, 2}, weights, {{0.01F}, {0}, 0});
    int const end = net.operate("DEPTHWISE_CONV_2D", depthwise_conv2d_options{}, {in, w}, net.tensor(element_type::int8, {1, 2, 2, 2}, {0.05F, -5}));
    CHECK(kinds_of(shrunk(net.finish({end}))) == kinds{"DEPTHWISE_CONV_2D"});
}

TEST_CASE("rename_copies: TRANSPOSE of axes of extent 1, QUANTIZE of the same numbers, chains of RESHAPE") {
    network net;
    int const in = net.input({1, 4, 1, 3});
    int const order = net.constant<std::int32_t>(element_type::int32, {4}, {0, 2, 1, 3});
    int const turned = net.operate("TRANSPOSE", transpose_options{}, {in, order}, net.tensor(element_type::int8, {1, 1, 4, 3}, {0.05F, 3}));
    int const same = net.operate("QUANTIZE", unary_options{}, {turned}, net.tensor(element_type::int8, {1, 1, 4, 3}, {0.05F, 3}));
    int const flat = net.operate("RESHAPE", reshape_options{{1, 12}}, {same}, net.tensor(element_type::int8, {1, 12}, {0.05F, 3}));
    int const end = net.operate("SOFTMAX", softmax_options{}, {flat}, net.tensor(element_type::int8, {1, 12}, {1.0F / 256, -128}));
    auto const small = shrunk(net.finish({end}));
    CHECK(kinds_of(small) == kinds{"RESHAPE", "SOFTMAX"});
}

TEST_CASE("rename_copies: RESHAPE in front of what works row by row, or element by element") {
    for (auto const& each : {std::pair{"SOFTMAX", affine{1.0F / 256, -128}}, std::pair{"LOGISTIC", affine{1.0F / 256, -128}}, std::pair{"TANH", affine{1.0F / 128, 0}}}) {
        auto const* const kind = each.first;
        CAPTURE(kind);
        network net;
        int const in = net.input({1, 3, 3, 1});
        int const sum = net.convolve(in, {2, 3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 8, 7, 6, 5, 4, 3, 2, 1}, {7, -7}, {}, {0.05F, -5});
        int const flat = net.operate("RESHAPE", reshape_options{{1, 2}}, {sum}, net.tensor(element_type::int8, {1, 2}, {0.05F, -5}));
        operator_options const options = std::string_view{kind} == "SOFTMAX" ? operator_options{softmax_options{}} : operator_options{unary_options{}};
        int const end = net.operate(kind, options, {flat}, net.tensor(element_type::int8, {1, 2}, each.second));
        auto const small = shrunk(net.finish({end}));
        CHECK(kinds_of(small) == kinds{"CONV_2D", kind});
        CHECK(small.out(small.operations[1]).shape == inlay::shape{1, 2});
    }
}

TEST_CASE("rename_copies: RESHAPE that makes other rows stays in front of SOFTMAX") {
    network net;
    int const in = net.input({1, 2, 6});
    int const flat = net.operate("RESHAPE", reshape_options{{1, 12}}, {in}, net.tensor(element_type::int8, {1, 12}, {0.05F, 3}));
    int const end = net.operate("SOFTMAX", softmax_options{}, {flat}, net.tensor(element_type::int8, {1, 12}, {1.0F / 256, -128}));
    CHECK(kinds_of(shrunk(net.finish({end}))) == kinds{"RESHAPE", "SOFTMAX"});
}

TEST_CASE("fuse_activations: not where the activation gives its result another shape") {
    network net;
    int const in = net.input({1, 3, 3, 1});
    int const sum = net.convolve(in, {2, 3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 8, 7, 6, 5, 4, 3, 2, 1}, {7, -7}, {}, {0.05F, -5});
    int const flat = net.operate("RESHAPE", reshape_options{{1, 2}}, {sum}, net.tensor(element_type::int8, {1, 2}, {0.05F, -5}));
    int const end = net.operate("RELU", unary_options{}, {flat}, net.tensor(element_type::int8, {1, 2}, {0.05F, -5}));
    CHECK(kinds_of(shrunk(net.finish({end}))) == kinds{"CONV_2D", "RELU"});
}

TEST_CASE("rename_copies: an output of the model keeps its name") {
    network net;
    int const in = net.input({1, 4, 4, 1});
    int const sum = net.convolve(in, {1, 3, 3, 1}, nine, {7}, {}, {0.05F, -5});
    int const end = net.operate("QUANTIZE", unary_options{}, {sum}, net.tensor(element_type::int8, {1, 2, 2, 1}, {0.05F, -5}));
    net.model.tensors[static_cast<std::size_t>(end)].name = "scores";
    auto const small = shrunk(net.finish({end}));
    CHECK(kinds_of(small) == kinds{"CONV_2D"});
    CHECK(small.out(small.operations[0]).name == "scores");
}

}  // namespace
}  // namespace inlay::tool
