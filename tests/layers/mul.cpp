// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace broadcast {
struct column : input<tensor<float, shape{2, 1}>> {};
struct row : input<tensor<float, shape{3}>> {};
struct result : layer<mul<elementwise_options{.activation = activation_function::relu_n1_to_1}>, column, row> {};
struct model : network<column, row, result> {};

//  0.5     -1  1  4     -0.5  0.5  2, cut to 1
//  -1   *  -1  1  4  =   1   -1   -4, cut to -1
constexpr auto left = values<float>(0.5F, -1);
constexpr auto right = values<float>(-1, 1, 4);
constexpr auto wanted = values<float>(-0.5F, 0.5F, 1, 1, -1, -1);
static_assert(run<model>(left, right) == wanted);
}  // namespace broadcast

TEST_CASE("mul: a column and a row broadcast, fused relu_n1_to_1") {
    check_on_host<broadcast::model>(broadcast::wanted, broadcast::left, broadcast::right);
}

namespace quantised {
struct a : input<tensor<std::int8_t, shape{5}, affine{0.5F, 1}>> {};
struct b : input<tensor<std::int8_t, shape{5}, affine{0.25F, -2}>> {};
struct result : layer<mul<elementwise_options{.output = {0.25F, -1}}>, a, b> {};
struct model : network<a, b, result> {};

// the factor is 0.5 * 0.25 / 0.25 = 0.5, a single rounding: half up
// (5 - 1) * (6 + 2) * 0.5 = 16, - 1
// (4 - 1) * (3 + 2) * 0.5 = 7.5, 8 - 1
// (-2 - 1) * (3 + 2) * 0.5 = -7.5, -7 - 1
// the ends: 126 * 129 and -129 * 129 lie outside of int8
constexpr auto left = values<std::int8_t>(5, 4, -2, 127, -128);
constexpr auto right = values<std::int8_t>(6, 3, 3, 127, 127);
constexpr auto wanted = values<std::int8_t>(15, 7, -8, 127, -128);
static_assert(run<model>(left, right) == wanted);
}  // namespace quantised

TEST_CASE("mul: int8, rounding and saturation") { check_on_host<quantised::model>(quantised::wanted, quantised::left, quantised::right); }

namespace fine_result {
struct a : input<tensor<std::int8_t, shape{3}, affine{1, 0}>> {};
struct result : layer<mul<elementwise_options{.output = {0.0009765625F, -128}}>, a, a> {};
struct model : network<a, result> {};

// A factor of 1024: all but zero saturates, and nothing overflows on the way.
static_assert(run<model>(values<std::int8_t>(0, 1, -128)) == values<std::int8_t>(-128, 127, 127));
}  // namespace fine_result

TEST_CASE("mul: a result much finer than the operands") {
    check_on_host<fine_result::model>(values<std::int8_t>(-128, 127, 127), values<std::int8_t>(0, 1, -128));
}

}  // namespace
