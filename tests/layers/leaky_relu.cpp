// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace quantised {
struct x : input<tensor<std::int8_t, shape{4}, affine{0.5F, 1}>> {};
struct result : layer<leaky_relu<leaky_relu_options{.alpha = 0.25F, .output = {0.5F, -3}}>, x> {};
struct model : network<x, result> {};

// 8, - 3;  -8 * 0.25 = -2, - 3;  -2 * 0.25 = -0.5, half away from zero: -1 - 3;  0, - 3
constexpr auto numbers = values<std::int8_t>(9, -7, -1, 1);
constexpr auto wanted = values<std::int8_t>(5, -5, -4, -3);
static_assert(run<model>(numbers) == wanted);
}  // namespace quantised

TEST_CASE("leaky_relu: int8") { check_on_host<quantised::model>(quantised::wanted, quantised::numbers); }

namespace negative {
struct x : input<tensor<std::int8_t, shape{3}, affine{0.5F, 0}>> {};
struct result : layer<leaky_relu<leaky_relu_options{.alpha = -2, .output = {0.5F, 0}}>, x> {};
struct model : network<x, result> {};
static_assert(run<model>(values<std::int8_t>(5, -5, -100)) == values<std::int8_t>(5, 10, 127));
}  // namespace negative

TEST_CASE("leaky_relu: int8, negative alpha") {
    check_on_host<negative::model>(values<std::int8_t>(5, 10, 127), values<std::int8_t>(5, -5, -100));
}

namespace real {
struct x : input<tensor<float, shape{2}>> {};
struct result : layer<leaky_relu<leaky_relu_options{.alpha = 0.25F}>, x> {};
struct model : network<x, result> {};
static_assert(run<model>(values<float>(3, -2)) == values<float>(3, -0.5F));
}  // namespace real

TEST_CASE("leaky_relu: float") { check_on_host<real::model>(values<float>(3, -0.5F), values<float>(3, -2)); }

}  // namespace
