// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

struct a : input<tensor<std::int8_t, shape{3, 2}, affine{0.5F, 3}>> {};
struct result : layer<expand_dims<reshape_options{shape{3, 1, 2}}>, a> {};
struct model : network<a, result> {};
static_assert(tensor_of<result>::shape == shape{3, 1, 2});
static_assert(tensor_of<result>::quantisation == affine{0.5F, 3});
static_assert(arena_size<model> == arena_size<network<a>>);
static_assert(run<model>(values<std::int8_t>(1, 2, 3, 4, 5, 6)) == values<std::int8_t>(1, 2, 3, 4, 5, 6));

TEST_CASE("expand_dims: the elements stay where they are") {
    engine<model> nn;
    CHECK(static_cast<void const*>(nn.get<a>().data()) == static_cast<void const*>(nn.get<result>().data()));
    check_on_host<model>(values<std::int8_t>(1, 2, 3, 4, 5, 6), values<std::int8_t>(1, 2, 3, 4, 5, 6));
}

}  // namespace
