// SPDX-License-Identifier: MIT
#include "passes/made_up.hpp"

#include "operators/executor.hpp"
#include "passes/filter_channels.hpp"
#include "passes/proof.hpp"
#include "passes/shrink.hpp"
#include "write/model_header.hpp"

#include <doctest/doctest.h>

namespace inlay::tool {
namespace {

/// Shrinks a copy; the answers to inputs that the shrinker has not seen must stay.
graph shrunk(graph const& model) {
    graph small = model;
    shrink(small);
    auto const difference = proof{model, sample_inputs(model, 3, 77)}.first_difference_of(small, 0);
    CHECK_MESSAGE(!difference, difference.value_or(""));
    return small;
}

inlay::shape filter_of(graph const& model, std::size_t op) { return model.in(model.operations[op], 1).shape; }

constexpr conv2d_options same_with_relu{.padding = padding::same, .activation = activation_function::relu};

TEST_CASE("tap_runs: same padding, stride 1") {
    // A filter of 3 over 5 pixels: the first tap is outside at the left end, the last one at the right.
    CHECK(tap_runs(5, 5, 3, 1, 1, 1) == std::vector<tap_run>{{1, 3}, {0, 3}, {0, 2}});
    CHECK(tap_runs(1, 1, 3, 1, 1, 1) == std::vector<tap_run>{{1, 2}});
    CHECK(tap_runs(3, 5, 3, 1, 1, 0) == std::vector<tap_run>{{0, 3}});
    CHECK(tap_runs(4, 4, 3, 1, 2, 2) == std::vector<tap_run>{{1, 3}, {0, 2}});
}

TEST_CASE("shrink_channels: an output of zero weights, a 1x1 reader") {
    network net;
    int const in = net.input({1, 3, 3, 2});
    int const first = net.convolve(in, {3, 1, 1, 2}, {50, -20, 0, 0, 7, 90}, {10, 4000, -30});
    int const second = net.convolve(first, {2, 1, 1, 3}, {1, 20, 3, -4, -50, 60}, {5, 6});
    auto const model = net.finish({second});
    auto const small = shrunk(model);
    CHECK(filter_of(small, 0) == inlay::shape{2, 1, 1, 2});
    CHECK(filter_of(small, 1) == inlay::shape{2, 1, 1, 2});
    // The constant is round(4000 * 0.05 * 0.01 / 0.05) - 5 = 35, 40 above the zero point: 20 * 40 and -50 * 40 join the biases.
    CHECK(small.in(small.operations[1], 2).values<std::int32_t>()[0] == 5 + 20 * 40);
    CHECK(small.in(small.operations[1], 2).values<std::int32_t>()[1] == 6 - 50 * 40);
    CHECK(small.before_shrinking->weight_bytes == 12);
    CHECK(count_weight_bytes(small) == 8);
    CHECK(count_macs(small) == 9 * 8);
}

TEST_CASE("shrink_channels: a constant other than the zero point in front of a padded filter stays") {
    network net;
    int const in = net.input({1, 4, 4, 1});
    int const first = net.convolve(in, {2, 1, 1, 1}, {50, 0}, {10, 4000});
    std::vector<std::int8_t> const ones(18, 1);
    int const second = net.convolve(first, {1, 3, 3, 2}, ones, {5}, {.padding = padding::same});
    auto const small = shrunk(net.finish({second}));
    CHECK(filter_of(small, 0) == inlay::shape{2, 1, 1, 1});
}

TEST_CASE("shrink_channels: a constant equal to the zero point goes in front of a padded filter as well") {
    network net;
    int const in = net.input({1, 4, 4, 1});
    // The second channel is far below zero, so that its activation never lets it through.
    int const first = net.convolve(in, {2, 1, 1, 1}, {50, 1}, {10, -100000}, {.activation = activation_function::relu});
    std::vector<std::int8_t> const ones(18, 1);
    int const second = net.convolve(first, {1, 3, 3, 2}, ones, {5}, {.padding = padding::same});
    auto const small = shrunk(net.finish({second}));
    CHECK(filter_of(small, 0) == inlay::shape{1, 1, 1, 1});
    CHECK(filter_of(small, 1) == inlay::shape{1, 3, 3, 1});
}

TEST_CASE("shrink_channels: equal channels are read as one, if the sum of weights is a weight") {
    for (int const weight : {30, 100}) {
        CAPTURE(weight);
        network net;
        int const in = net.input({1, 4, 4, 2});
        int const first = net.convolve(in, {3, 1, 1, 2}, {50, -20, 8, 9, 50, -20}, {10, 4, 10});
        auto const w = static_cast<std::int8_t>(weight);
        int const second = net.convolve(first, {1, 1, 1, 3}, {w, 5, w}, {5});
        auto const small = shrunk(net.finish({second}));
        if (weight == 30) {
            CHECK(filter_of(small, 0) == inlay::shape{2, 1, 1, 2});
            CHECK(small.in(small.operations[1], 1).values<std::int8_t>()[0] == 60);
        } else {
            CHECK(filter_of(small, 0) == inlay::shape{3, 1, 1, 2});  // 100 + 100 is above 127
        }
    }
}

TEST_CASE("shrink_channels: the parts of an ADD go together") {
    network net;
    int const in = net.input({1, 3, 3, 2});
    int const a = net.convolve(in, {3, 1, 1, 2}, {5, 6, 7, 8, 9, 10}, {1, 2, 3});
    int const b = net.convolve(in, {3, 1, 1, 2}, {15, 16, 17, 18, 19, 20}, {1, 2, 3});
    int const sum = net.operate("ADD", elementwise_options{}, {a, b}, net.tensor(element_type::int8, {1, 3, 3, 3}, {0.1F, 1}));
    int const end = net.convolve(sum, {1, 1, 1, 3}, {4, 0, 6}, {5});
    auto const small = shrunk(net.finish({end}));
    CHECK(filter_of(small, 0) == inlay::shape{2, 1, 1, 2});
    CHECK(filter_of(small, 1) == inlay::shape{2, 1, 1, 2});
    CHECK(small.out(small.operations[2]).shape == inlay::shape{1, 3, 3, 2});
}

TEST_CASE("shrink_channels: behind a flatten a channel is a column in each pixel") {
    network net;
    int const in = net.input({1, 2, 2, 2});
    int const first = net.convolve(in, {3, 1, 1, 2}, {5, 6, 7, 8, 9, 10}, {1, 2, 3});
    int const flat = net.operate("RESHAPE", reshape_options{{1, 12}}, {first}, net.tensor(element_type::int8, {1, 12}, {0.05F, -5}));
    int const filter = net.constant<std::int8_t>(element_type::int8, {1, 12}, {1, 0, 2, 3, 0, 4, 5, 0, 6, 7, 0, 8}, {{0.02F}, {0}, 0});
    int const end = net.operate("FULLY_CONNECTED", fully_connected_options{}, {flat, filter}, net.tensor(element_type::int8, {1, 1}, {0.05F, 0}));
    auto const small = shrunk(net.finish({end}));
    CHECK(filter_of(small, 0) == inlay::shape{2, 1, 1, 2});
    CHECK(small.operations.size() == 2);  // the layer reads [1, 2, 2, 2] as well as [1, 8]
    CHECK(filter_of(small, 1) == inlay::shape{1, 8});
}

TEST_CASE("shrink_channels: a depthwise convolution of one channel loses outputs one by one") {
    network net;
    int const in = net.input({1, 3, 3, 1});
    int const w = net.constant<std::int8_t>(element_type::int8, {1, 1, 1, 3}, {5, 0, 7}, {{0.01F}, {0}, 0});
    int const first = net.operate("DEPTHWISE_CONV_2D", depthwise_conv2d_options{}, {in, w}, net.tensor(element_type::int8, {1, 3, 3, 3}, {0.05F, -5}));
    auto const small = shrunk(net.finish({net.convolve(first, {1, 1, 1, 3}, {4, 5, 6}, {5})}));
    CHECK(filter_of(small, 0) == inlay::shape{2, 1, 1, 1});
}

TEST_CASE("shrink_channels: inputs and outputs of the model keep their channels") {
    network net;
    int const in = net.input({1, 3, 3, 3});
    int const end = net.convolve(in, {2, 1, 1, 3}, {5, 0, 7, 0, 0, 0}, {1, 2}, same_with_relu);
    auto const small = shrunk(net.finish({end}));
    CHECK(filter_of(small, 0) == inlay::shape{2, 1, 1, 3});
    CHECK(small.in(small.operations[0], 0).shape == inlay::shape{1, 3, 3, 3});
}

TEST_CASE("shrink: says where what went, and why") {
    network net;
    int const in = net.input({1, 3, 3, 2});
    int const first = net.convolve(in, {4, 1, 1, 2}, {50, -20, 0, 0, 7, 90, 3, 3}, {10, 4000, -30, 1});
    auto model = net.finish({net.convolve(first, {1, 1, 1, 4}, {1, 20, 3, 0}, {5})});
    std::string text;
    for (auto const& each : shrink(model)) text += each.where + ": " + each.what + "\n";
    CHECK(text.find("operator 0, CONV_2D: 2 of 4 channels stay\nalways 35: 1\nread by nothing: 3") != text.npos);
    CHECK(text.find("operator 1, CONV_2D: constant input channels 1 added to the bias") != text.npos);
}

}  // namespace
}  // namespace inlay::tool
