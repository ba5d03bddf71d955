// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace strided {
constexpr conv2d_weights<float32, 2, 2, 2, 1> weights{{1, 2, 3, 4, 1, 0, 0, -1}, {100, 0}, {}};
struct image : input<tensor<float, shape{1, 3, 3, 1}>> {};
struct result : layer<conv2d<weights, conv2d_options{.stride_h = 2, .stride_w = 2, .padding = padding::same}>, image> {};
struct model : network<image, result> {};
static_assert(tensor_of<result>::shape == shape{1, 2, 2, 2});
static_assert(macs_of<model> == 32);

// 1 2 3   one row and one column of zeros at the bottom and right
// 4 5 6   100 + 1 + 4 + 12 + 20, 1 - 5;   100 + 3 + 18, 3
// 7 8 9   100 + 7 + 16, 7;                100 + 9, 9
constexpr auto pixels = values<float>(1, 2, 3, 4, 5, 6, 7, 8, 9);
constexpr auto wanted = values<float>(137, -4, 121, 3, 123, 7, 109, 9);
static_assert(run<model>(pixels) == wanted);
}  // namespace strided

TEST_CASE("conv2d: same padding, stride 2, odd width") { check_on_host<strided::model>(strided::wanted, strided::pixels); }

namespace per_channel {
constexpr conv2d_weights<int8_per_channel, 2, 1, 1, 2> weights{{3, -1, 1, 1}, {4 - 5 * 2, 0 - 5 * 2}, {{1 << 30, 0}, {1 << 30, 2}}};
struct image : input<tensor<std::int8_t, shape{1, 1, 2, 2}, affine{0.5F, 5}>> {};
struct result : layer<conv2d<weights, conv2d_options{.output = {0.25F, -7}}>, image> {};
struct model : network<image, result> {};

// pixel 7 4: (4 + 3 * 2 + 1) * 0.5 = 5.5, rounded to 6, - 7;      (2 - 1) * 2 - 7
// pixel 5 9: (4 - 4) * 0.5 = 0, - 7;                              (0 + 4) * 2 - 7
constexpr auto pixels = values<std::int8_t>(7, 4, 5, 9);
constexpr auto wanted = values<std::int8_t>(-1, -5, -7, 1);
static_assert(run<model>(pixels) == wanted);
}  // namespace per_channel

TEST_CASE("conv2d: int8 per channel, zero points") { check_on_host<per_channel::model>(per_channel::wanted, per_channel::pixels); }

namespace padded {
constexpr conv2d_weights<int8_per_tensor, 1, 3, 3, 1> weights{{1, 2, 3, 4, 5, 6, 7, 8, 9}, {45 * 5}, {{1 << 30, 1}}};
struct image : input<tensor<std::int8_t, shape{1, 1, 1, 1}, affine{1, -5}>> {};
struct result : layer<conv2d<weights, conv2d_options{.padding = padding::same, .output = {1, 0}}>, image> {};
struct model : network<image, result> {};
static_assert(run<model>(values<std::int8_t>(-3)) == values<std::int8_t>(10));  // 5 * (-3 + 5); the padding is -5 + 5
}  // namespace padded

TEST_CASE("conv2d: padding reads the zero point") { check_on_host<padded::model>(values<std::int8_t>(10), values<std::int8_t>(-3)); }

namespace grouped {
constexpr conv2d_weights<float32, 4, 1, 1, 1> weights{{1, 2, 3, 4}, {0, 0, 0, 0}, {}};
struct image : input<tensor<float, shape{2, 1, 1, 2}>> {};
struct result : layer<conv2d<weights, conv2d_options{.groups = 2}>, image> {};
struct model : network<image, result> {};

// Outputs 0 and 1 read channel 0, outputs 2 and 3 channel 1.
constexpr auto pixels = values<float>(1, 10, 2, 20);
constexpr auto wanted = values<float>(1, 2, 30, 40, 2, 4, 60, 80);
static_assert(run<model>(pixels) == wanted);
}  // namespace grouped

TEST_CASE("conv2d: groups, batches") { check_on_host<grouped::model>(grouped::wanted, grouped::pixels); }

namespace dilated {
constexpr conv2d_weights<float32, 1, 1, 2, 1> weights{{1, 10}, {0}, {}};
struct image : input<tensor<float, shape{1, 1, 4, 1}>> {};
struct result : layer<conv2d<weights, conv2d_options{.dilation_w = 3, .padding = {padding::kind::given, 0, 0, 1, 2}}>, image> {};
struct model : network<image, result> {};

// 0 1 2 3 4 0 0: taps three apart
constexpr auto pixels = values<float>(1, 2, 3, 4);
constexpr auto wanted = values<float>(30, 41, 2, 3);
static_assert(run<model>(pixels) == wanted);
}  // namespace dilated

TEST_CASE("conv2d: dilation, given padding") { check_on_host<dilated::model>(dilated::wanted, dilated::pixels); }

namespace rounded {
// Sums 1, 3, -1, -3 by a quarter: 0.25, 0.75, -0.25, -0.75. By a half: halves away from zero in the second rounding only
// where the first has left one, as in the reference.
constexpr conv2d_weights<int8_per_channel, 4, 1, 1, 1> weights{{1, 3, -1, -3}, {0, 0, 0, 0}, {{1 << 30, -1}, {1 << 30, -1}, {1 << 30, -1}, {1 << 30, -1}}};
struct image : input<tensor<std::int8_t, shape{1, 1, 1, 1}, affine{1, 0}>> {};
struct result : layer<conv2d<weights, conv2d_options{.output = {1, 0}}>, image> {};
struct model : network<image, result> {};

// 2^30 / 2^31 rounds 1, 3, -1, -3 half up: 1, 2, 0, -1; a half of that half away from zero: 1, 1, 0, -1
constexpr auto wanted = values<std::int8_t>(1, 1, 0, -1);
static_assert(run<model>(values<std::int8_t>(1)) == wanted);
}  // namespace rounded

TEST_CASE("conv2d: int8, rounded twice") { check_on_host<rounded::model>(rounded::wanted, values<std::int8_t>(1)); }

namespace saturated {
constexpr conv2d_weights<int8_per_tensor, 3, 1, 1, 1> weights{{127, -127, 3}, {0, 0, 0}, {{1 << 30, 1}}};
struct image : input<tensor<std::int8_t, shape{1, 1, 1, 1}, affine{1, 0}>> {};
template <activation_function Activation>
struct result : layer<conv2d<weights, conv2d_options{.activation = Activation, .output = {1, -1}}>, image> {};
struct plain : network<image, result<activation_function::none>> {};
struct relu6 : network<image, result<activation_function::relu6>> {};

constexpr auto cut = values<std::int8_t>(127, -128, 5);   // 254 - 1, -254 - 1, 6 - 1
constexpr auto cut_to_6 = values<std::int8_t>(5, -1, 5);  // 6 is 5 and 0 is -1
static_assert(run<plain>(values<std::int8_t>(2)) == cut);
static_assert(run<relu6>(values<std::int8_t>(2)) == cut_to_6);
}  // namespace saturated

TEST_CASE("conv2d: saturation, fused relu6") {
    check_on_host<saturated::plain>(saturated::cut, values<std::int8_t>(2));
    check_on_host<saturated::relu6>(saturated::cut_to_6, values<std::int8_t>(2));
}

}  // namespace
