// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace quantised {
struct x : input<tensor<std::int8_t, shape{4}, affine{0.5F, -2}>> {};
struct result : layer<relu6<unary_options{{0.5F, -2}}>, x> {};
struct model : network<x, result> {};

// 0 is -2, 6 is 6 / 0.5 - 2 = 10
constexpr auto numbers = values<std::int8_t>(-10, 5, 10, 127);
constexpr auto wanted = values<std::int8_t>(-2, 5, 10, 10);
static_assert(run<model>(numbers) == wanted);
}  // namespace quantised

TEST_CASE("relu6: int8") { check_on_host<quantised::model>(quantised::wanted, quantised::numbers); }

namespace small_range {
struct x : input<tensor<std::int8_t, shape{2}, affine{0.01F, 0}>> {};
struct result : layer<relu6<unary_options{{0.01F, 0}}>, x> {};
struct model : network<x, result> {};
static_assert(run<model>(values<std::int8_t>(-1, 127)) == values<std::int8_t>(0, 127));
}  // namespace small_range

TEST_CASE("relu6: int8 that does not reach 6") {
    check_on_host<small_range::model>(values<std::int8_t>(0, 127), values<std::int8_t>(-1, 127));
}

namespace real {
struct x : input<tensor<float, shape{3}>> {};
struct result : layer<relu6<>, x> {};
struct model : network<x, result> {};
static_assert(run<model>(values<float>(-1, 5, 7)) == values<float>(0, 5, 6));
}  // namespace real

TEST_CASE("relu6: float") { check_on_host<real::model>(values<float>(0, 5, 6), values<float>(-1, 5, 7)); }

}  // namespace
