// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace quantised {
struct x : input<tensor<std::int8_t, shape{2, 4}, affine{0.25F, 3}>> {};
struct result : layer<logistic<unary_options{{1.0F / 256, -128}}>, x> {};
struct model : network<x, result> {};

// x = 0.25 * (q - 3), the result 256 / (1 + e^-x) - 128:
//   0: 128 - 128;  1: 187.15 - 128;  -1: 68.85 - 128;  5: 254.29 - 128;  -5: 1.71 - 128;
//   7.25: 255.8 - 128, above int8;  31 and -32.75: beyond the radius of the table's arithmetic
constexpr auto numbers = values<std::int8_t>(3, 7, -1, 23, -17, 32, 127, -128);
constexpr auto wanted = values<std::int8_t>(0, 59, -59, 126, -126, 127, 127, -128);
static_assert(run<model>(numbers) == wanted);
static_assert(flash_of<model> == 256);
}  // namespace quantised

TEST_CASE("logistic: int8") { check_on_host<quantised::model>(quantised::wanted, quantised::numbers); }

namespace real {
struct x : input<tensor<float, shape{5}>> {};
struct result : layer<logistic<>, x> {};
struct model : network<x, result> {};
constexpr auto y = run<model>(values<float>(0, 1, -1, 100, -100));
constexpr bool near(float got, float wanted) { return got > wanted - 1e-6F && got < wanted + 1e-6F; }
static_assert(y[0] == 0.5F && near(y[1], 0.7310586F) && near(y[2], 0.2689414F) && y[3] == 1 && y[4] >= 0 && y[4] < 1e-30F);
static_assert(flash_of<model> == 0);
}  // namespace real

TEST_CASE("logistic: float") { check_on_host<real::model>(real::y, values<float>(0, 1, -1, 100, -100)); }

// The largest slope of rounding: the fixed point differs from the real function by at most one unit.
static_assert([] {
    auto const function = make_logistic<std::int8_t>({0.05F, 0});
    for (int q = -128; q < 128; ++q) {
        float const wanted = 256 * math::logistic(0.05F * static_cast<float>(q)) - 128;
        float const got = static_cast<float>(function(static_cast<std::int8_t>(q)));
        if (got - wanted > 1 || wanted - got > 1) return false;
    }
    return true;
}());

}  // namespace
