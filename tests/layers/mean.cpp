// SPDX-License-Identifier: MIT
#include "run_model.hpp"

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace image_axes {
struct image : input<tensor<float, shape{1, 2, 2, 2}>> {};
struct dropped : layer<mean<reduce_options{.axis = {false, true, true}}>, image> {};
struct kept : layer<mean<reduce_options{.axis = {false, true, true}, .keep_dims = true}>, image> {};
struct model : network<image, dropped> {};
struct model_of_kept : network<image, kept> {};
static_assert(tensor_of<dropped>::shape == shape{1, 2});
static_assert(tensor_of<kept>::shape == shape{1, 1, 1, 2});

constexpr auto pixels = values<float>(1, 10, 2, 20, 3, 30, 6, 60);
static_assert(run<model>(pixels) == values<float>(3, 30));  // 12 / 4, 120 / 4
static_assert(run<model_of_kept>(pixels) == values<float>(3, 30));
}  // namespace image_axes

TEST_CASE("mean: float32, height and width, with and without keep_dims") {
    check_on_host<image_axes::model>(values<float>(3, 30), image_axes::pixels);
    check_on_host<image_axes::model_of_kept>(values<float>(3, 30), image_axes::pixels);
}

namespace outer_and_inner {
struct image : input<tensor<float, shape{2, 3, 2}>> {};
struct result : layer<mean<reduce_options{.axis = {true, false, true}}>, image> {};
struct model : network<image, result> {};

// (1 + 2 + 7 + 8) / 4, (3 + 4 + 9 + 10) / 4, (5 + 6 + 11 + 12) / 4
constexpr auto numbers = values<float>(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
constexpr auto wanted = values<float>(4.5F, 6.5F, 8.5F);
static_assert(run<model>(numbers) == wanted);
}  // namespace outer_and_inner

TEST_CASE("mean: first and last axis") { check_on_host<outer_and_inner::model>(outer_and_inner::wanted, outer_and_inner::numbers); }

namespace rescaled {
struct numbers : input<tensor<std::int8_t, shape{2, 4}, affine{0.5F, 10}>> {};
struct result : layer<mean<reduce_options{.axis = {false, true}, .output = {0.25F, -5}}>, numbers> {};
struct model : network<numbers, result> {};

// (1 + 2 + 3 + 4) / 4 * 2 - 5; (-8 + 0 + 0 - 1) / 4 * 2 = -4.5, which the product rounds up to -4, - 5
constexpr auto given = values<std::int8_t>(11, 12, 13, 14, 2, 10, 10, 9);
constexpr auto wanted = values<std::int8_t>(0, -9);
static_assert(run<model>(given) == wanted);
}  // namespace rescaled

TEST_CASE("mean: int8, scales and zero points differ") { check_on_host<rescaled::model>(rescaled::wanted, rescaled::given); }

namespace to_a_scalar {
struct numbers : input<tensor<std::int8_t, shape{3}, affine{1, 0}>> {};
struct result : layer<mean<reduce_options{.axis = {true}, .output = {1, 0}}>, numbers> {};
struct model : network<numbers, result> {};
static_assert(tensor_of<result>::shape == shape{});
static_assert(run<model>(values<std::int8_t>(127, 127, 127)) == values<std::int8_t>(127));
}  // namespace to_a_scalar

TEST_CASE("mean: of everything, a scalar") {
    check_on_host<to_a_scalar::model>(values<std::int8_t>(127), values<std::int8_t>(127, 127, 127));
}

namespace of_nothing {
struct numbers : input<tensor<std::int8_t, shape{1, 2}, affine{1, 0}>> {};
struct result : layer<mean<reduce_options{.output = {0.5F, 1}}>, numbers> {};
struct model : network<numbers, result> {};
static_assert(run<model>(values<std::int8_t>(3, 100)) == values<std::int8_t>(7, 127));  // 3 * 2 + 1, 201 cut
}  // namespace of_nothing

TEST_CASE("mean: no axis rescales only") { check_on_host<of_nothing::model>(values<std::int8_t>(7, 127), values<std::int8_t>(3, 100)); }

TEST_CASE("mean: the count's reciprocal truncates") {
    // 2^30 / 2^31 * 2 = 1, divided by 3 with one further bit: 2^31 / 3 = 715827882.67
    static_assert(divide({1 << 30, 1}, 3) == fixed_point{715827882, 0});
    static_assert(divide({1 << 30, -31}, 3) == fixed_point{357913941, -31});  // no room for the bit
    CHECK(divide({1 << 30, 1}, 1) == fixed_point{1 << 30, 1});
}

}  // namespace
