// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace quantised {
struct x : input<tensor<std::int8_t, shape{7}, affine{0.25F, 3}>> {};
struct result : layer<inlay::tanh<unary_options{{1.0F / 128, 0}}>, x> {};
struct model : network<x, result> {};

// x = 0.25 * (q - 3), the result 128 * tanh(x):
//   0: 0;  1: 97.48;  -1: -97.48;  0.25: 31.35;  4: 127.91, above int8;  31 and -32.75: beyond the radius
constexpr auto numbers = values<std::int8_t>(3, 7, -1, 4, 19, 127, -128);
constexpr auto wanted = values<std::int8_t>(0, 97, -97, 31, 127, 127, -128);
static_assert(run<model>(numbers) == wanted);
static_assert(flash_of<model> == 256);
}  // namespace quantised

TEST_CASE("tanh: int8") { check_on_host<quantised::model>(quantised::wanted, quantised::numbers); }

namespace real {
struct x : input<tensor<float, shape{4}>> {};
struct result : layer<inlay::tanh<>, x> {};
struct model : network<x, result> {};
constexpr auto y = run<model>(values<float>(0, 1, -1, 20));
constexpr bool near(float got, float wanted) { return got > wanted - 1e-6F && got < wanted + 1e-6F; }
static_assert(y[0] == 0 && near(y[1], 0.7615942F) && near(y[2], -0.7615942F) && y[3] == 1);
}  // namespace real

TEST_CASE("tanh: float") { check_on_host<real::model>(real::y, values<float>(0, 1, -1, 20)); }

}  // namespace
