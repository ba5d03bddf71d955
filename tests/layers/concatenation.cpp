// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace inner {
struct a : input<tensor<std::int8_t, shape{2, 1}, affine{0.5F, 3}>> {};
struct b : input<tensor<std::int8_t, shape{2, 2}, affine{0.5F, 3}>> {};
struct result : layer<concatenation<concatenation_options{.axis = -1, .output = {0.5F, 3}}>, a, b, a> {};
struct model : network<a, b, result> {};
static_assert(tensor_of<result>::shape == shape{2, 4});

// 1 | 3 4 | 1
// 2 | 5 6 | 2
constexpr auto wanted = values<std::int8_t>(1, 3, 4, 1, 2, 5, 6, 2);
static_assert(run<model>(values<std::int8_t>(1, 2), values<std::int8_t>(3, 4, 5, 6)) == wanted);
}  // namespace inner

TEST_CASE("concatenation: last axis, three inputs, one of them twice") {
    check_on_host<inner::model>(inner::wanted, values<std::int8_t>(1, 2), values<std::int8_t>(3, 4, 5, 6));
}

namespace middle {
struct a : input<tensor<float, shape{2, 1, 2}>> {};
struct b : input<tensor<float, shape{2, 2, 2}>> {};
struct result : layer<concatenation<concatenation_options{.axis = 1}>, a, b> {};
struct model : network<a, b, result> {};
static_assert(tensor_of<result>::shape == shape{2, 3, 2});
constexpr auto left = values<float>(1, 2, 3, 4);
constexpr auto right = values<float>(10, 20, 30, 40, 50, 60, 70, 80);
constexpr auto wanted = values<float>(1, 2, 10, 20, 30, 40, 3, 4, 50, 60, 70, 80);
static_assert(run<model>(left, right) == wanted);
}  // namespace middle

TEST_CASE("concatenation: float, middle axis") { check_on_host<middle::model>(middle::wanted, middle::left, middle::right); }

namespace alone {
struct a : input<tensor<float, shape{2}>> {};
struct result : layer<concatenation<concatenation_options{}>, a> {};
struct model : network<a, result> {};
static_assert(run<model>(values<float>(1, 2)) == values<float>(1, 2));
}  // namespace alone

TEST_CASE("concatenation: a single input") { check_on_host<alone::model>(values<float>(1, 2), values<float>(1, 2)); }

}  // namespace
