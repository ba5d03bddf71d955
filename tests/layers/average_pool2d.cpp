// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace rounded {
struct image : input<tensor<std::int8_t, shape{1, 2, 2, 2}, affine{0.5F, 7}>> {};
struct result : layer<average_pool2d<pool2d_options{.filter_h = 2, .stride_h = 2, .output = {0.5F, 7}}>, image> {};
struct model : network<image, result> {};
static_assert(tensor_of<result>::shape == shape{1, 1, 2, 2});

// (1 + 2) / 2 = 1.5, (-1 - 2) / 2 = -1.5, (3 + 5) / 2, (-128 - 127) / 2 = -127.5: halves go away from zero
constexpr auto pixels = values<std::int8_t>(1, -1, 3, -128, 2, -2, 5, -127);
constexpr auto wanted = values<std::int8_t>(2, -2, 4, -128);
static_assert(run<model>(pixels) == wanted);
}  // namespace rounded

TEST_CASE("average_pool2d: int8 rounds half away from zero") { check_on_host<rounded::model>(rounded::wanted, rounded::pixels); }

namespace padded {
struct image : input<tensor<float, shape{1, 3, 1, 1}>> {};
struct same : layer<average_pool2d<pool2d_options{.filter_h = 3, .padding = padding::same}>, image> {};
struct valid : layer<average_pool2d<pool2d_options{.filter_h = 3, .activation = activation_function::relu6}>, image> {};
struct given : layer<average_pool2d<pool2d_options{.filter_h = 3, .stride_h = 2, .padding = {padding::kind::given, 2, 2, 0, 0}}>, image> {};
struct same_model : network<image, same> {};
struct valid_model : network<image, valid> {};
struct given_model : network<image, given> {};

// The count is that of the pixels inside: (3 + 6) / 2, (3 + 6 + 12) / 3, (6 + 12) / 2
constexpr auto pixels = values<float>(3, 6, 12);
static_assert(run<same_model>(pixels) == values<float>(4.5F, 7, 9));
static_assert(run<valid_model>(pixels) == values<float>(6));
static_assert(run<given_model>(pixels) == values<float>(3, 7, 12));
}  // namespace padded

TEST_CASE("average_pool2d: padding does not count, fused relu6") {
    using namespace padded;
    check_on_host<same_model>(values<float>(4.5F, 7, 9), pixels);
    check_on_host<valid_model>(values<float>(6), pixels);
    check_on_host<given_model>(values<float>(3, 7, 12), pixels);
}

namespace batches {
struct image : input<tensor<std::int8_t, shape{2, 1, 3, 1}, affine{1, -1}>> {};
struct result : layer<average_pool2d<pool2d_options{.filter_w = 2, .activation = activation_function::relu, .output = {1, -1}}>, image> {};
struct model : network<image, result> {};

constexpr auto pixels = values<std::int8_t>(1, 3, 5, -7, -9, 20);
constexpr auto wanted = values<std::int8_t>(2, 4, -1, 6);  // -8 is below real 0, which is -1; 11 / 2 = 5.5
static_assert(run<model>(pixels) == wanted);
}  // namespace batches

TEST_CASE("average_pool2d: batches, overlapping windows, fused relu") { check_on_host<batches::model>(batches::wanted, batches::pixels); }

}  // namespace
