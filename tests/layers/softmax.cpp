// SPDX-License-Identifier: MIT
#include "run_model.hpp"

#include <inlay/core/q31.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using namespace inlay;
using namespace inlay::tests;

namespace real {
struct numbers : input<tensor<float, shape{2, 2}>> {};
struct result : layer<softmax<>, numbers> {};
struct model : network<numbers, result> {};
static_assert(run<model>(values<float>(3, 3, 1000, 0)) == values<float>(0.5, 0.5, 1, 0));  // e^-1000 is 0
}  // namespace real

TEST_CASE("softmax: float32, large differences") {
    check_on_host<real::model>(values<float>(0.5, 0.5, 1, 0), values<float>(3, 3, 1000, 0));
}

TEST_CASE("softmax: float32 against double") {
    auto const given = values<float>(-1.5F, 0.25F, 2, -8);
    float result[4];
    normalise<float>(isa::portable{}, softmax_geometry{1, 4}, result, given.data(), float_softmax{0.7F});
    double sum = 0;
    for (float const x : given) sum += std::exp(double{x} * 0.7F);
    for (std::size_t i = 0; i < 4; ++i) CHECK(result[i] == doctest::Approx(std::exp(double{given[i]} * 0.7F) / sum).epsilon(5e-7));
}

namespace int8 {
struct numbers : input<tensor<std::int8_t, shape{3, 2}, affine{1, 5}>> {};
struct result : layer<softmax<softmax_options{.output = softmax_quantisation}>, numbers> {};
struct model : network<numbers, result> {};

// 1/2 is 128 of 256, less 128; 1 is 256, cut to 255; e^1 / (e^1 + 1) = 0.73106, times 256 is 187.15, and 68.85
constexpr auto given = values<std::int8_t>(-7, -7, 127, -128, 1, 0);
constexpr auto wanted = values<std::int8_t>(0, 0, 127, -128, 59, -59);
static_assert(run<model>(given) == wanted);
}  // namespace int8

TEST_CASE("softmax: int8, halves, certainty, and a difference of one") { check_on_host<int8::model>(int8::wanted, int8::given); }

namespace steep {
struct numbers : input<tensor<std::int8_t, shape{3}, affine{100, 0}>> {};
struct result : layer<softmax<softmax_options{.beta = 2, .output = softmax_quantisation}>, numbers> {};
struct model : network<numbers, result> {};
static_assert(run<model>(values<std::int8_t>(4, 3, 2)) == values<std::int8_t>(127, -128, -128));
}  // namespace steep

TEST_CASE("softmax: int8, a scale so large that the largest takes all") {
    static_assert(make_exponents({100, 0}, {.beta = 2}) == int8_exponents{{}, 0});
    // The exponent of a difference of 1 must stay below 32: scale 1 allows 31 steps, scale 8 one, scale 16 none.
    static_assert(make_exponents({1, 0}, {}).lowest_difference == -15);
    static_assert(make_exponents({8, 0}, {}).lowest_difference == -1);
    static_assert(make_exponents({16, 0}, {}).lowest_difference == 0);
    check_on_host<steep::model>(values<std::int8_t>(127, -128, -128), values<std::int8_t>(4, 3, 2));
}

TEST_CASE("softmax: int8, so many alike that each rounds to nothing") {
    auto const table = make_exponentials<2>(make_exponents({1, 0}, {}));
    std::vector<std::int8_t> alike(2048, 7);
    auto const make = [&](int elements) {
        auto made = alike;
        normalise<std::int8_t>(isa::portable{}, softmax_geometry{1, elements}, made.data(), alike.data(), int8_softmax{table.of, 2});
        return static_cast<int>(made[0]);
    };
    CHECK(make(511) == -127);
    for (int const elements : {512, 513, 1024, 2048}) CHECK(make(elements) == -128);
}

TEST_CASE("softmax: int8, the exponentials that are left out of the table would change nothing") {
    for (float const scale : {0.02F, 0.05F, 0.11F, 0.3F, 1.0F, 5.0F}) {
        auto const exponents = make_exponents({scale, 0}, {});
        auto const all = make_exponentials<256>(exponents);
        int const count = portable::count_exponentials(exponents);
        CAPTURE(scale);
        CHECK(count < (scale > 0.1F ? 128 : 257));
        for (int elements = 2; elements <= 600; elements += 23) {
            std::vector<std::int8_t> in(static_cast<std::size_t>(elements));
            for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<std::int8_t>(static_cast<int>(i * i * 37 % 256) - 128);
            auto with_all = in;
            auto with_few = in;
            normalise<std::int8_t>(isa::portable{}, softmax_geometry{1, elements}, with_all.data(), in.data(), int8_softmax{all.of, 256});
            normalise<std::int8_t>(isa::portable{}, softmax_geometry{1, elements}, with_few.data(), in.data(), int8_softmax{all.of, count});
            CHECK(with_all == with_few);
        }
    }
}

TEST_CASE("softmax: fixed-point exponential and reciprocal against double") {
    constexpr double one = 2147483648.0;
    constexpr double bound = 3e-7;  // the polynomial's first missing term is (1/8)^5 / 120 = 2.5e-7
    for (int i = 0; i <= 2000; ++i) {
        auto const x = static_cast<std::int32_t>(-i * std::int64_t{2147483647} / 2000);
        CAPTURE(x);
        CHECK(std::abs(q31::exp_of_negative<5>(x) / one - std::exp(x / one * 32)) < bound);
        CHECK(std::abs(q31::exp_of_negative<4>(x) / one - std::exp(x / one * 16)) < bound);
        CHECK(std::abs(q31::reciprocal_of_one_plus(-x) / one - 1 / (1 - x / one)) < 1e-8);
    }
}

}  // namespace
