// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace broadcast {
struct row : input<tensor<float, shape{3}>> {};
struct column : input<tensor<float, shape{2, 1}>> {};
struct result : layer<sub<elementwise_options{.activation = activation_function::relu}>, row, column> {};
struct model : network<row, column, result> {};

// 10 20 30     15     -5  5 15  relu   0 5 15
//           -  10  =   0 10 20         0 10 20
constexpr auto left = values<float>(10, 20, 30);
constexpr auto right = values<float>(15, 10);
constexpr auto wanted = values<float>(0, 5, 15, 0, 10, 20);
static_assert(run<model>(left, right) == wanted);
}  // namespace broadcast

TEST_CASE("sub: a row less a column, fused relu") { check_on_host<broadcast::model>(broadcast::wanted, broadcast::left, broadcast::right); }

namespace quantised {
struct a : input<tensor<std::int8_t, shape{4}, affine{0.5F, 1}>> {};
struct b : input<tensor<std::int8_t, shape{4}, affine{0.25F, -2}>> {};
struct result : layer<sub<elementwise_options{.output = {0.5F, 3}}>, a, b> {};
struct model : network<a, b, result> {};

// (5 - 1) * 0.5 - (6 + 2) * 0.25 = 0      3
// (5 - 1) * 0.5 - (7 + 2) * 0.25 = -0.25  = -0.5 * 0.5, half away from zero: -1 + 3
// the ends: 63 + 31.5 and -64.5 - 32.25 lie outside of int8
constexpr auto left = values<std::int8_t>(5, 5, 127, -128);
constexpr auto right = values<std::int8_t>(6, 7, -128, 127);
constexpr auto wanted = values<std::int8_t>(3, 2, 127, -128);
static_assert(run<model>(left, right) == wanted);
}  // namespace quantised

TEST_CASE("sub: int8, two scales, rounding and saturation") {
    check_on_host<quantised::model>(quantised::wanted, quantised::left, quantised::right);
}

}  // namespace
