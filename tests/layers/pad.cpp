// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace image {
struct pixels : input<tensor<std::int8_t, shape{1, 2, 2, 1}, affine{0.5F, -7}>> {};
struct result : layer<pad<pad_options{.before = {0, 1, 0, 0}, .after = {0, 0, 2, 0}}>, pixels> {};
struct model : network<pixels, result> {};
static_assert(tensor_of<result>::shape == shape{1, 3, 4, 1});
static_assert(tensor_of<result>::quantisation == affine{0.5F, -7});

// A row above and two columns to the right, of the zero point.
constexpr auto wanted = values<std::int8_t>(-7, -7, -7, -7, 1, 2, -7, -7, 3, 4, -7, -7);
static_assert(run<model>(values<std::int8_t>(1, 2, 3, 4)) == wanted);
}  // namespace image

TEST_CASE("pad: int8 image, unequal sides") { check_on_host<image::model>(image::wanted, values<std::int8_t>(1, 2, 3, 4)); }

namespace six_axes {
struct numbers : input<tensor<float, shape{1, 2, 1, 1, 1, 2}>> {};
struct result : layer<pad<pad_options{.before = {1, 0, 0, 0, 0, 1}, .after = {0, 0, 0, 1, 0, 0}}>, numbers> {};
struct model : network<numbers, result> {};
static_assert(tensor_of<result>::shape == shape{2, 2, 1, 2, 1, 3});

// The second of two, and of its 2 x 2 rows of three the first of each pair, behind a zero.
constexpr auto wanted = values<float>(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 3, 4, 0, 0, 0);
static_assert(run<model>(values<float>(1, 2, 3, 4)) == wanted);
}  // namespace six_axes

TEST_CASE("pad: float, six axes") { check_on_host<six_axes::model>(six_axes::wanted, values<float>(1, 2, 3, 4)); }

namespace nothing {
struct numbers : input<tensor<float, shape{}>> {};
struct result : layer<pad<pad_options{}>, numbers> {};
struct model : network<numbers, result> {};
static_assert(run<model>(values<float>(5)) == values<float>(5));
}  // namespace nothing

TEST_CASE("pad: a scalar, no padding") { check_on_host<nothing::model>(values<float>(5), values<float>(5)); }

}  // namespace
