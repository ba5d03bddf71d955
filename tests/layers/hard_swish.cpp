// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace quantised {
struct x : input<tensor<std::int8_t, shape{7}, affine{0.0625F, 0}>> {};
struct result : layer<hard_swish<unary_options{{0.0625F, 10}}>, x> {};
struct model : network<x, result> {};

// x = q / 16, the result 16 * x * (x + 3) / 6 + 10 between -3 and 3:
//   3: 48 + 10;  -3: 10;  -4: 10;  4: 64 + 10;  1: 10.67 + 10;  -1: -5.33 + 10;  0.5: 4.67 + 10
constexpr auto numbers = values<std::int8_t>(48, -48, -64, 64, 16, -16, 8);
constexpr auto wanted = values<std::int8_t>(58, 10, 10, 74, 21, 5, 15);
static_assert(run<model>(numbers) == wanted);
}  // namespace quantised

TEST_CASE("hard_swish: int8") { check_on_host<quantised::model>(quantised::wanted, quantised::numbers); }

namespace real {
struct x : input<tensor<float, shape{4}>> {};
struct result : layer<hard_swish<>, x> {};
struct model : network<x, result> {};

// -4 and -3: 0;  3: 3 * 6 / 6;  -1.5: -1.5 * 1.5 / 6
static_assert(run<model>(values<float>(-4, -3, 3, -1.5F)) == values<float>(-0.0F, -0.0F, 3, -0.375F));
}  // namespace real

TEST_CASE("hard_swish: float") { check_on_host<real::model>(values<float>(0, 0, 3, -0.375F), values<float>(-4, -3, 3, -1.5F)); }

}  // namespace
