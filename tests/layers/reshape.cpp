// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

struct a : input<tensor<std::int8_t, shape{2, 3}, affine{0.5F, 3}>> {};
struct result : layer<reshape<reshape_options{shape{3, 1, 2}}>, a> {};
struct model : network<a, result> {};
static_assert(tensor_of<result>::shape == shape{3, 1, 2});
static_assert(tensor_of<result>::quantisation == affine{0.5F, 3});
static_assert(arena_size<model> == arena_size<network<a>>);
static_assert(run<model>(values<std::int8_t>(1, 2, 3, 4, 5, 6)) == values<std::int8_t>(1, 2, 3, 4, 5, 6));

TEST_CASE("reshape: the elements stay where they are") {
    engine<model> nn;
    CHECK(static_cast<void const*>(nn.get<a>().data()) == static_cast<void const*>(nn.get<result>().data()));
    check_on_host<model>(values<std::int8_t>(1, 2, 3, 4, 5, 6), values<std::int8_t>(1, 2, 3, 4, 5, 6));
}

struct rows : input<tensor<float, shape{1, 2, 1, 2}>> {};
struct positive : layer<reshaped<shape{2, 2}, relu<>>, rows> {};
struct rectifier : network<rows, positive> {};
static_assert(tensor_of<positive>::shape == shape{2, 2});
static_assert(run<rectifier>(values<float>(1, -1, 5, -0.5F)) == values<float>(1, 0, 5, 0));

TEST_CASE("reshaped: an operator whose result has another shape") {
    // wanted, then the input
    check_on_host<rectifier>(values<float>(1, 0, 5, 0), values<float>(1, -1, 5, -0.5F));
}

}  // namespace
