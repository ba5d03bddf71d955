// SPDX-License-Identifier: MIT
#include "run_model.hpp"

#include <limits>

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace quantised {
struct x : input<tensor<std::int8_t, shape{4}, affine{0.5F, -2}>> {};
struct result : layer<relu<unary_options{{0.25F, 1}}>, x> {};
struct model : network<x, result> {};

// 0.5 * (0 + 2) = 1 = 0.25 * 4, + 1;  0;  below 0;  0.5 * 129 = 0.25 * 258, above int8
constexpr auto numbers = values<std::int8_t>(0, -2, -10, 127);
constexpr auto wanted = values<std::int8_t>(5, 1, 1, 127);
static_assert(run<model>(numbers) == wanted);
}  // namespace quantised

TEST_CASE("relu: int8, rescaled") { check_on_host<quantised::model>(quantised::wanted, quantised::numbers); }

namespace real {
struct x : input<tensor<float, shape{3}>> {};
struct result : layer<relu<>, x> {};
struct model : network<x, result> {};
constexpr float infinity = std::numeric_limits<float>::infinity();
static_assert(run<model>(values<float>(-1, 1e30F, infinity)) == values<float>(0, 1e30F, infinity));
}  // namespace real

TEST_CASE("relu: float") { check_on_host<real::model>(values<float>(0, 1e30F, real::infinity), values<float>(-1, 1e30F, real::infinity)); }

}  // namespace
