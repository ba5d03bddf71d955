// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace quantised {
struct x : input<tensor<std::int8_t, shape{4}, affine{0.5F, 0}>> {};
struct result : layer<relu_n1_to_1<unary_options{{0.25F, 5}}>, x> {};
struct model : network<x, result> {};

// 0.5 = 0.25 * 2, + 5;  1.5 is cut to 1 = 0.25 * 4, + 5;  -1.5 to -1;  -0.5
constexpr auto numbers = values<std::int8_t>(1, 3, -3, -1);
constexpr auto wanted = values<std::int8_t>(7, 9, 1, 3);
static_assert(run<model>(numbers) == wanted);
}  // namespace quantised

TEST_CASE("relu_n1_to_1: int8, rescaled") { check_on_host<quantised::model>(quantised::wanted, quantised::numbers); }

namespace real {
struct x : input<tensor<float, shape{3}>> {};
struct result : layer<relu_n1_to_1<>, x> {};
struct model : network<x, result> {};
static_assert(run<model>(values<float>(-2, 0.5F, 2)) == values<float>(-1, 0.5F, 1));
}  // namespace real

TEST_CASE("relu_n1_to_1: float") { check_on_host<real::model>(values<float>(-1, 0.5F, 1), values<float>(-2, 0.5F, 2)); }

}  // namespace
