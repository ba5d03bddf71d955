// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace from_int8 {
struct x : input<tensor<std::int8_t, shape{3}, affine{0.5F, 3}>> {};
struct result : layer<dequantize<>, x> {};
struct model : network<x, result> {};

// 0.5 * (5 - 3);  0;  0.5 * (-128 - 3)
constexpr auto numbers = values<std::int8_t>(5, 3, -128);
constexpr auto wanted = values<float>(1, 0, -65.5F);
static_assert(run<model>(numbers) == wanted);
}  // namespace from_int8

TEST_CASE("dequantize: from int8") { check_on_host<from_int8::model>(from_int8::wanted, from_int8::numbers); }

}  // namespace
