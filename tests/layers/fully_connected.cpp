// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace batches {
constexpr fully_connected_weights<float32, 3, 2> weights{{1, 2, 3, 4, -5, -6}, {0.5F, 0, 0}, {}};
struct rows : input<tensor<float, shape{2, 1, 2}>> {};
struct units : layer<fully_connected<weights, fully_connected_options{.activation = activation_function::relu}>, rows> {};
struct model : network<rows, units> {};
static_assert(tensor_of<units>::shape == shape{2, 3});
static_assert(macs_of<model> == 12);

// 1 + 4 + 0.5, 3 + 8, -5 - 12 cut to 0; -1 + 0.5 cut to 0, -3 cut to 0, 5
constexpr auto numbers = values<float>(1, 2, -1, 0);
constexpr auto wanted = values<float>(5.5F, 11, 0, 0, 0, 5);
static_assert(run<model>(numbers) == wanted);
}  // namespace batches

TEST_CASE("fully_connected: float32, batches, fused relu") { check_on_host<batches::model>(batches::wanted, batches::numbers); }

namespace kept {
constexpr fully_connected_weights<int8_per_channel, 2, 2> weights{{1, 2, 3, -4}, {10 - 1 * 3, 0 - 1 * -1}, {{1 << 30, 1}, {1 << 30, 0}}};
struct rows : input<tensor<std::int8_t, shape{1, 2, 2}, affine{1, 1}>> {};
struct units : layer<fully_connected<weights, fully_connected_options{.keep_num_dims = true, .output = {1, 2}}>, rows> {};
struct model : network<rows, units> {};
static_assert(tensor_of<units>::shape == shape{1, 2, 2});

// (2, 4) and (0, 99): 2 + 8 + 10 + 2, (6 - 16) / 2 + 2; 198 + 10 + 2 cut to 127, -396 / 2 + 2 cut to -128
constexpr auto numbers = values<std::int8_t>(3, 5, 1, 100);
constexpr auto wanted = values<std::int8_t>(22, -3, 127, -128);
static_assert(run<model>(numbers) == wanted);
}  // namespace kept

TEST_CASE("fully_connected: int8 per channel, axes kept, saturation") { check_on_host<kept::model>(kept::wanted, kept::numbers); }

namespace filter_zero {
constexpr fully_connected_weights<int8_per_tensor, 1, 2, 1> weights{{2, 4}, {1 - 1 * (1 + 3)}, {{1 << 30, 1}}};
struct row : input<tensor<std::int8_t, shape{2}, affine{1, 1}>> {};
struct unit : layer<fully_connected<weights, fully_connected_options{.output = {1, 0}}>, row> {};
struct model : network<row, unit> {};
static_assert(run<model>(values<std::int8_t>(3, 5)) == values<std::int8_t>(15));  // (3-1) * (2-1) + (5-1) * (4-1) + 1
}  // namespace filter_zero

TEST_CASE("fully_connected: zero point of the filter") {
    check_on_host<filter_zero::model>(values<std::int8_t>(15), values<std::int8_t>(3, 5));
}

namespace dynamic {
struct row : input<tensor<std::int8_t, shape{1, 3}, affine{0.5F, 1}>> {};
struct filter : input<tensor<std::int8_t, shape{2, 3}, affine{0.25F, -1}>> {};
struct bias : input<tensor<std::int32_t, shape{2}>> {};
struct unbiased : layer<dynamic_fully_connected<fully_connected_options{.output = {0.25F, 3}}>, row, filter> {};
struct biased : layer<dynamic_fully_connected<fully_connected_options{.output = {0.25F, 3}}>, row, filter, bias> {};
struct model : network<row, filter, unbiased> {};
struct model_with_bias : network<row, filter, bias, biased> {};
static_assert(macs_of<model_with_bias> == 6);

// (1, 2, 3) times (1, 0, 2) and (-2, 1, 0): 7 and 0, times 0.5; 3.5 rounds to 4
constexpr auto numbers = values<std::int8_t>(2, 3, 4);
constexpr auto taps = values<std::int8_t>(0, -1, 1, -3, 0, -1);
constexpr auto offsets = values<std::int32_t>(3, -300);
constexpr auto wanted = values<std::int8_t>(7, 3);
constexpr auto wanted_with_bias = values<std::int8_t>(8, -128);  // 10 / 2 + 3, -300 / 2 + 3
static_assert(run<model>(numbers, taps) == wanted);
static_assert(run<model_with_bias>(numbers, taps, offsets) == wanted_with_bias);
}  // namespace dynamic

TEST_CASE("dynamic_fully_connected: int8, zero points, with and without bias") {
    using namespace dynamic;
    check_on_host<model>(wanted, numbers, taps);
    check_on_host<model_with_bias>(wanted_with_bias, numbers, taps, offsets);
}

namespace dynamic_float {
struct row : input<tensor<float, shape{1, 2}>> {};
struct filter : input<tensor<float, shape{1, 2}>> {};
struct unit : layer<dynamic_fully_connected<fully_connected_options{.activation = activation_function::relu_n1_to_1}>, row, filter> {};
struct model : network<row, filter, unit> {};
static_assert(run<model>(values<float>(1, 2), values<float>(0.5, -0.5)) == values<float>(-0.5));
static_assert(run<model>(values<float>(1, 2), values<float>(3, -4)) == values<float>(-1));  // 3 - 8, cut
}  // namespace dynamic_float

TEST_CASE("dynamic_fully_connected: float32") {
    check_on_host<dynamic_float::model>(values<float>(-0.5), values<float>(1, 2), values<float>(0.5, -0.5));
}

TEST_CASE("fully_connected: the product of scales is a float where there is one filter scale") {
    // 0.1F * 0.1F is 0.010000000298 in double, 0.010000000707 in float.
    constexpr float tenth = 0.1F;
    CHECK(fully_connected_rescale(tenth, tenth, 1) == double{tenth * tenth});
    CHECK(fully_connected_rescale(tenth, tenth, 1) != double{tenth} * double{tenth});
}

}  // namespace
