// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace middle {
struct numbers : input<tensor<float, shape{2, 2, 2}>> {};
struct result : layer<sum<reduce_options{.axis = {false, true}, .keep_dims = true}>, numbers> {};
struct model : network<numbers, result> {};
static_assert(tensor_of<result>::shape == shape{2, 1, 2});

constexpr auto given = values<float>(1, 2, 3, 4, 5, 6, 7, 8);
constexpr auto wanted = values<float>(4, 6, 12, 14);  // 1 + 3, 2 + 4, 5 + 7, 6 + 8
static_assert(run<model>(given) == wanted);
}  // namespace middle

TEST_CASE("sum: float32, middle axis") { check_on_host<middle::model>(middle::wanted, middle::given); }

namespace rescaled {
struct numbers : input<tensor<std::int8_t, shape{3, 2}, affine{0.5F, 1}>> {};
struct result : layer<sum<reduce_options{.axis = {true}, .output = {1, 2}}>, numbers> {};
struct model : network<numbers, result> {};

// (1 + 2 + 4) / 2 = 3.5, rounded to 4, + 2; 3 * 126 / 2 + 2 cut
constexpr auto given = values<std::int8_t>(2, 127, 3, 127, 5, 127);
constexpr auto wanted = values<std::int8_t>(6, 127);
static_assert(run<model>(given) == wanted);
}  // namespace rescaled

TEST_CASE("sum: int8, rescaled, saturated") { check_on_host<rescaled::model>(rescaled::wanted, rescaled::given); }

}  // namespace
