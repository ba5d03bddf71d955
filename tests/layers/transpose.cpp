// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace matrix {
struct a : input<tensor<std::int8_t, shape{2, 3}, affine{0.5F, 3}>> {};
struct result : layer<transpose<transpose_options{{1, 0}}>, a> {};
struct model : network<a, result> {};
static_assert(tensor_of<result>::shape == shape{3, 2});
static_assert(tensor_of<result>::quantisation == affine{0.5F, 3});

// 1 2 3     1 4
// 4 5 6  -> 2 5
//           3 6
constexpr auto wanted = values<std::int8_t>(1, 4, 2, 5, 3, 6);
static_assert(run<model>(values<std::int8_t>(1, 2, 3, 4, 5, 6)) == wanted);
}  // namespace matrix

TEST_CASE("transpose: a matrix") { check_on_host<matrix::model>(matrix::wanted, values<std::int8_t>(1, 2, 3, 4, 5, 6)); }

namespace six_axes {
struct a : input<tensor<float, shape{1, 2, 1, 2, 2, 1}>> {};
struct result : layer<transpose<transpose_options{{4, 0, 3, 5, 1, 2}}>, a> {};
struct model : network<a, result> {};
static_assert(tensor_of<result>::shape == shape{2, 1, 2, 1, 2, 1});

// Without the axes of extent 1: [i, j, k] becomes [k, j, i], with i * 4 + j * 2 + k as the values.
constexpr auto wanted = values<float>(0, 4, 2, 6, 1, 5, 3, 7);
static_assert(run<model>(values<float>(0, 1, 2, 3, 4, 5, 6, 7)) == wanted);
}  // namespace six_axes

TEST_CASE("transpose: six axes") { check_on_host<six_axes::model>(six_axes::wanted, values<float>(0, 1, 2, 3, 4, 5, 6, 7)); }

namespace same {
struct a : input<tensor<float, shape{2, 2}>> {};
struct result : layer<transpose<transpose_options{{0, 1}}>, a> {};
struct model : network<a, result> {};
static_assert(run<model>(values<float>(1, 2, 3, 4)) == values<float>(1, 2, 3, 4));
}  // namespace same

TEST_CASE("transpose: the axes in their own order") { check_on_host<same::model>(values<float>(1, 2, 3, 4), values<float>(1, 2, 3, 4)); }

// Axes that stay neighbours in their order are walked through as one.
static_assert(make_transpose_geometry(shape{1, 4, 5, 6}, transpose_options{{0, 3, 1, 2}}).extent == shape{6, 20});
static_assert(!is_permutation(2, transpose_options{{0, 0}}) && !is_permutation(2, transpose_options{{0, 2}}) &&
              !is_permutation(2, transpose_options{{0, -1}}));

}  // namespace
