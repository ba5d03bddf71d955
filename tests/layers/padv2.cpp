// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace fixed {
struct numbers : input<tensor<std::int8_t, shape{2, 1}, affine{0.5F, -7}>> {};
struct result : layer<padv2<pad_options{.before = {0, 1}, .after = {1, 0}, .value = 9}>, numbers> {};
struct model : network<numbers, result> {};

//      9 1
//  9 9 behind, a 9 in front: 9 2
//      9 9
constexpr auto wanted = values<std::int8_t>(9, 1, 9, 2, 9, 9);
static_assert(run<model>(values<std::int8_t>(1, 2)) == wanted);
}  // namespace fixed

TEST_CASE("padv2: int8, a constant value") { check_on_host<fixed::model>(fixed::wanted, values<std::int8_t>(1, 2)); }

namespace computed {
struct numbers : input<tensor<float, shape{2}>> {};
struct value : input<tensor<float, shape{1}>> {};
struct result : layer<padv2<pad_options{.before = {1}, .after = {2}}>, numbers, value> {};
struct model : network<numbers, value, result> {};
constexpr auto wanted = values<float>(-1, 5, 6, -1, -1);
static_assert(run<model>(values<float>(5, 6), values<float>(-1)) == wanted);
}  // namespace computed

TEST_CASE("padv2: float, the value is an input") { check_on_host<computed::model>(computed::wanted, values<float>(5, 6), values<float>(-1)); }

}  // namespace
