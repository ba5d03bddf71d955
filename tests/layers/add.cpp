// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace broadcast {
struct column : input<tensor<float, shape{2, 1}>> {};
struct row : input<tensor<float, shape{3}>> {};
struct result : layer<add<>, column, row> {};
struct model : network<column, row, result> {};
static_assert(tensor_of<result>::shape == shape{2, 3});

//   1     10 20 30     11 21 31
//   2  +  10 20 30  =  12 22 32
constexpr auto left = values<float>(1, 2);
constexpr auto right = values<float>(10, 20, 30);
constexpr auto wanted = values<float>(11, 21, 31, 12, 22, 32);
static_assert(run<model>(left, right) == wanted);
}  // namespace broadcast

TEST_CASE("add: a column and a row broadcast") { check_on_host<broadcast::model>(broadcast::wanted, broadcast::left, broadcast::right); }

namespace six_axes {
struct wide : input<tensor<float, shape{2, 1, 2, 1, 1, 2}>> {};
struct other : input<tensor<float, shape{3, 1, 1, 2, 1}>> {};
struct result : layer<add<>, wide, other> {};
struct model : network<wide, other, result> {};
static_assert(tensor_of<result>::shape == shape{2, 3, 2, 1, 2, 2});

// element [a, b, c, 0, e, f] = wide[a, 0, c, 0, 0, f] + other[b, 0, 0, e, 0]
constexpr auto left = values<float>(0, 1, 2, 3, 4, 5, 6, 7);
constexpr auto right = values<float>(0, 10, 20, 30, 40, 50);
constexpr auto sums = run<model>(left, right);
static_assert(sums[0] == 0 + 0 && sums[3] == 1 + 10 && sums[6] == 2 + 10 && sums[8] == 0 + 20);
static_assert(sums[24] == 4 + 0 && sums[47] == 7 + 50);
}  // namespace six_axes

TEST_CASE("add: six axes, broadcasting on either side") { check_on_host<six_axes::model>(six_axes::sums, six_axes::left, six_axes::right); }

namespace quantised {
struct a : input<tensor<std::int8_t, shape{6}, affine{0.5F, 1}>> {};
struct b : input<tensor<std::int8_t, shape{6}, affine{0.25F, -2}>> {};
struct result : layer<add<elementwise_options{.output = {0.5F, 3}}>, a, b> {};
struct model : network<a, b, result> {};

// (5 - 1) * 0.5 + (6 + 2) * 0.25 = 4     =  8   * 0.5   8 + 3
// (5 - 1) * 0.5 + (7 + 2) * 0.25 = 4.25  =  8.5 * 0.5   half away from zero: 9 + 3
//      0        + (-3 + 2) * 0.25 = -0.25 = -0.5 * 0.5   half away from zero: -1 + 3
//      0        +      0                                  3
// the ends: 63 + 32.25 and -64.5 - 31.5 lie outside of int8
constexpr auto left = values<std::int8_t>(5, 5, 1, 1, 127, -128);
constexpr auto right = values<std::int8_t>(6, 7, -3, -2, 127, -128);
constexpr auto wanted = values<std::int8_t>(11, 12, 2, 3, 127, -128);
static_assert(run<model>(left, right) == wanted);
static_assert(flash_of<model> == 0);
}  // namespace quantised

TEST_CASE("add: int8, two scales, rounding and saturation") {
    check_on_host<quantised::model>(quantised::wanted, quantised::left, quantised::right);
}

namespace fused {
struct a : input<tensor<std::int8_t, shape{3}, affine{0.5F, 0}>> {};
struct result : layer<add<elementwise_options{.activation = activation_function::relu6, .output = {0.5F, 3}}>, a, a> {};
struct model : network<a, result> {};

// 2 * -1 * 0.5 = -1, cut to 0; 2 * 4 * 0.5 = 4; 2 * 100 * 0.5 = 100, cut to 6: 12 + 3
constexpr auto wanted = values<std::int8_t>(3, 11, 15);
static_assert(run<model>(values<std::int8_t>(-1, 4, 100)) == wanted);
}  // namespace fused

TEST_CASE("add: the same tensor twice, fused relu6") { check_on_host<fused::model>(fused::wanted, values<std::int8_t>(-1, 4, 100)); }

namespace with_constant {
constexpr std::int8_t steps[] = {1, 2};
struct a : input<tensor<std::int8_t, shape{2, 2}, affine{1, 0}>> {};
struct offset : constant_input<tensor<std::int8_t, shape{2}, affine{1, 0}>, steps> {};
struct result : layer<add<elementwise_options{.output = {1, 0}}>, a, offset> {};
struct model : network<a, result> {};
static_assert(run<model>(values<std::int8_t>(10, 20, 30, 40)) == values<std::int8_t>(11, 22, 31, 42));
}  // namespace with_constant

TEST_CASE("add: a constant operand") {
    check_on_host<with_constant::model>(values<std::int8_t>(11, 22, 31, 42), values<std::int8_t>(10, 20, 30, 40));
}

namespace scalars {
struct a : input<tensor<float, shape{}>> {};
struct result : layer<add<>, a, a> {};
struct model : network<a, result> {};
static_assert(tensor_of<result>::shape == shape{});
static_assert(run<model>(values<float>(1.5F)) == values<float>(3));
}  // namespace scalars

TEST_CASE("add: scalars") { check_on_host<scalars::model>(values<float>(3), values<float>(1.5F)); }

// Equal shapes are one axis, whatever their rank; a channel vector over an image two.
static_assert(make_elementwise_geometry(shape{2, 3, 4}, shape{2, 3, 4}).extent == shape{24});
static_assert(make_elementwise_geometry(shape{1, 3, 4, 5}, shape{5}).extent == shape{12, 5});
static_assert(!can_broadcast(shape{2, 3}, shape{2}) && can_broadcast(shape{2, 3}, shape{2, 1}));

}  // namespace
