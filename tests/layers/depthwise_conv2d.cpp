// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace multiplier {
constexpr depthwise_conv2d_weights<float32, 2, 1, 2> weights{{1, 2, 3, 4}, {10, 20}, {}};
struct image : input<tensor<float, shape{1, 2, 2, 1}>> {};
struct result : layer<depthwise_conv2d<weights, depthwise_conv2d_options{.padding = padding::same}>, image> {};
struct model : network<image, result> {};
static_assert(tensor_of<result>::shape == shape{1, 2, 2, 2});
static_assert(macs_of<model> == 16);

// 1 2   the filters 1 above 3 and 2 above 4; below the image is 0
// 3 4   10 + 1 + 9, 20 + 2 + 12; 10 + 2 + 12, 20 + 4 + 16; 10 + 3, 20 + 6; 10 + 4, 20 + 8
constexpr auto pixels = values<float>(1, 2, 3, 4);
constexpr auto wanted = values<float>(20, 34, 24, 40, 13, 26, 14, 28);
static_assert(run<model>(pixels) == wanted);
}  // namespace multiplier

TEST_CASE("depthwise_conv2d: multiplier 2, same padding") { check_on_host<multiplier::model>(multiplier::wanted, multiplier::pixels); }

namespace channels {
constexpr depthwise_conv2d_weights<int8_per_channel, 2, 2, 2> weights{
    {1, 1, 1, -1, 1, 2, 1, -2}, {1 - 2 * 4, 0}, {{1 << 30, 0}, {1 << 30, 1}}};
struct image : input<tensor<std::int8_t, shape{1, 2, 2, 2}, affine{0.5F, 2}>> {};
struct result : layer<depthwise_conv2d<weights, depthwise_conv2d_options{.output = {0.5F, -3}}>, image> {};
struct model : network<image, result> {};

// channel 0: (2 + 4 + 6 + 8 + 1) * 0.5 = 10.5, rounded to 11, - 3
// channel 1: 1 - 1 + 2 * 3 - 2 * 5 = -4, - 3
constexpr auto pixels = values<std::int8_t>(4, 3, 6, 3, 8, 5, 10, 7);
constexpr auto wanted = values<std::int8_t>(8, -7);
static_assert(run<model>(pixels) == wanted);
}  // namespace channels

TEST_CASE("depthwise_conv2d: int8 per channel, zero points") { check_on_host<channels::model>(channels::wanted, channels::pixels); }

namespace padded {
constexpr depthwise_conv2d_weights<int8_per_tensor, 3, 3, 1> weights{{1, 1, 1, 1, 1, 1, 1, 1, 1}, {-5 * 9}, {{1 << 30, 1}}};
struct image : input<tensor<std::int8_t, shape{1, 1, 1, 1}, affine{1, 5}>> {};
struct result : layer<depthwise_conv2d<weights, depthwise_conv2d_options{.padding = padding::same, .output = {1, 0}}>, image> {};
struct model : network<image, result> {};
static_assert(run<model>(values<std::int8_t>(9)) == values<std::int8_t>(4));  // 9 - 5; the padding is 5 - 5
}  // namespace padded

TEST_CASE("depthwise_conv2d: padding reads the zero point") {
    check_on_host<padded::model>(values<std::int8_t>(4), values<std::int8_t>(9));
}

namespace dilated {
constexpr depthwise_conv2d_weights<float32, 3, 1, 1> weights{{1, 10, 100}, {0}, {}};
struct image : input<tensor<float, shape{2, 7, 1, 1}>> {};
struct result : layer<depthwise_conv2d<weights, depthwise_conv2d_options{.stride_h = 2, .dilation_h = 2}>, image> {};
struct model : network<image, result> {};
static_assert(tensor_of<result>::shape == shape{2, 2, 1, 1});

constexpr auto pixels = values<float>(1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6, 5, 4);
constexpr auto wanted = values<float>(531, 753, 688, 468);  // 1 + 30 + 500, 3 + 50 + 700; 8 + 80 + 600, 8 + 60 + 400
static_assert(run<model>(pixels) == wanted);
}  // namespace dilated

TEST_CASE("depthwise_conv2d: dilation, stride 2, batches") { check_on_host<dilated::model>(dilated::wanted, dilated::pixels); }

namespace saturated {
constexpr depthwise_conv2d_weights<int8_per_tensor, 1, 1, 3> weights{{127, -127, 3}, {0, 0, 0}, {{1 << 30, 1}}};
struct image : input<tensor<std::int8_t, shape{1, 1, 1, 3}, affine{1, 0}>> {};
template <activation_function Activation>
struct result : layer<depthwise_conv2d<weights, depthwise_conv2d_options{.activation = Activation, .output = {1, -1}}>, image> {};
struct plain : network<image, result<activation_function::none>> {};
struct relu6 : network<image, result<activation_function::relu6>> {};

constexpr auto pixels = values<std::int8_t>(127, 127, 2);
constexpr auto cut = values<std::int8_t>(127, -128, 5);   // 16129 - 1, -16129 - 1, 6 - 1
constexpr auto cut_to_6 = values<std::int8_t>(5, -1, 5);  // 6 is 5 and 0 is -1
static_assert(run<plain>(pixels) == cut);
static_assert(run<relu6>(pixels) == cut_to_6);
}  // namespace saturated

TEST_CASE("depthwise_conv2d: saturation, fused relu6") {
    check_on_host<saturated::plain>(saturated::cut, saturated::pixels);
    check_on_host<saturated::relu6>(saturated::cut_to_6, saturated::pixels);
}

}  // namespace
