// SPDX-License-Identifier: MIT
#include "run_model.hpp"

#include <limits>

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace from_float {
struct x : input<tensor<float, shape{5}>> {};
struct result : layer<quantize<unary_options{{0.5F, 3}}>, x> {};
struct model : network<x, result> {};

// 1 / 0.5 + 3;  half a step, away from zero: 1 + 3 and -1 + 3;  far outside
constexpr auto numbers = values<float>(1, 0.25F, -0.25F, 1e30F, -1e30F);
constexpr auto wanted = values<std::int8_t>(5, 4, 2, 127, -128);
static_assert(run<model>(numbers) == wanted);
static_assert(flash_of<model> == 0);
}  // namespace from_float

TEST_CASE("quantize: from float, rounding and saturation") { check_on_host<from_float::model>(from_float::wanted, from_float::numbers); }

TEST_CASE("quantize: not-a-number is the zero point") {  // which is not for constant evaluation: clang computes with none there
    check_on_host<from_float::model>(values<std::int8_t>(3, 5, 3, 3, 3), values<float>(std::numeric_limits<float>::quiet_NaN(), 1, 0, 0, 0));
}

namespace from_int8 {
struct x : input<tensor<std::int8_t, shape{4}, affine{0.5F, 1}>> {};
struct result : layer<quantize<unary_options{{0.25F, -1}}>, x> {};
struct model : network<x, result> {};

// (4 - 1) * 2 - 1;  0 - 1;  the ends lie outside
constexpr auto numbers = values<std::int8_t>(4, 1, 127, -128);
constexpr auto wanted = values<std::int8_t>(5, -1, 127, -128);
static_assert(run<model>(numbers) == wanted);
static_assert(flash_of<model> == 256);
}  // namespace from_int8

TEST_CASE("quantize: from int8") { check_on_host<from_int8::model>(from_int8::wanted, from_int8::numbers); }

}  // namespace
