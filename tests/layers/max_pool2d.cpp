// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace small {
struct image : input<tensor<std::int8_t, shape{1, 3, 2, 1}, affine{1, 0}>> {};
struct result : layer<max_pool2d<pool2d_options{.filter_h = 2, .filter_w = 2, .padding = padding::same, .output = {1, 0}}>, image> {};
struct model : network<image, result> {};
static_assert(tensor_of<result>::shape == shape{1, 3, 2, 1});

// -128  5   max(-128, 5, -7, -9), max(5, -9)
//   -7 -9   max(-7, -9, -3, 127), max(-9, 127)
//   -3 127  max(-3, 127), 127; the padding never wins
constexpr auto pixels = values<std::int8_t>(-128, 5, -7, -9, -3, 127);
constexpr auto wanted = values<std::int8_t>(5, 5, 127, 127, 127, 127);
static_assert(run<model>(pixels) == wanted);
}  // namespace small

TEST_CASE("max_pool2d: int8, same padding") { check_on_host<small::model>(small::wanted, small::pixels); }

namespace negative {
struct image : input<tensor<float, shape{2, 2, 2, 2}>> {};
struct result : layer<max_pool2d<pool2d_options{.filter_h = 2, .filter_w = 1, .stride_w = 2}>, image> {};
struct model : network<image, result> {};
static_assert(tensor_of<result>::shape == shape{2, 1, 1, 2});

constexpr auto pixels = values<float>(-1, -2, 0, 0, -3, -1, 0, 0, 1, 2, 0, 0, 3, -4, 0, 0);
constexpr auto wanted = values<float>(-1, -1, 3, 2);
static_assert(run<model>(pixels) == wanted);
}  // namespace negative

TEST_CASE("max_pool2d: float32, batches, channels, all below zero") { check_on_host<negative::model>(negative::wanted, negative::pixels); }

namespace cut {
struct image : input<tensor<std::int8_t, shape{1, 1, 4, 1}, affine{0.1F, -10}>> {};
struct result
    : layer<max_pool2d<pool2d_options{.filter_w = 2, .stride_w = 2, .activation = activation_function::relu_n1_to_1, .output = {0.1F, -10}}>, image> {};
struct model : network<image, result> {};

// real -1 to 1 is -20 to 0
static_assert(run<model>(values<std::int8_t>(-100, -90, 3, 90)) == values<std::int8_t>(-20, 0));
}  // namespace cut

TEST_CASE("max_pool2d: fused relu_n1_to_1") { check_on_host<cut::model>(values<std::int8_t>(-20, 0), values<std::int8_t>(-100, -90, 3, 90)); }

}  // namespace
