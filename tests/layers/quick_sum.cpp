// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <inlay/kernels/quick_sum.hpp>

#include <algorithm>
#include <random>

namespace {

using namespace inlay;

struct outcome {
    int wrong = 0;
    int doubtful = 0;
};

/// Every pair of elements: a sum that is not in doubt is the reference's.
outcome every_pair(int8_sum const& by, quick_sum const& quick) {
    outcome found;
    for (int a = -128; a < 128; ++a) {
        for (int b = -128; b < 128; ++b) {
            auto const left = static_cast<std::int8_t>(a);
            auto const right = static_cast<std::int8_t>(b);
            std::int32_t const sum = quick(left, right);
            if (quick_sum::fraction(sum) < quick.doubt) {
                ++found.doubtful;
            } else {
                found.wrong += std::clamp(sum >> quick_sum::bits, by.output.lowest, by.output.highest) != by(left, right);
            }
        }
    }
    return found;
}

TEST_CASE("quick_sum: sums out of doubt are the reference's, and few are in doubt") {
    std::mt19937 random{1};
    auto const number = [&](int least, int most) { return std::uniform_int_distribution{least, most}(random); };
    auto const scale = [&] { return static_cast<float>(number(1, 4000)) / static_cast<float>(number(1000, 4000)); };
    int possible = 0;
    int doubtful = 0;
    for (int i = 0; i < 300; ++i) {
        affine const a{scale(), number(-128, 127)};
        affine const b{i % 4 == 0 ? a.scale : scale(), number(-128, 127)};
        elementwise_options const options{i % 3 == 0 ? activation_function::relu : activation_function::none,
                                          {(a.scale + b.scale) / static_cast<float>(number(1, 4)), number(-128, 127)}};
        auto const by = i % 5 == 0 ? make_sub<std::int8_t>(a, b, options) : make_add<std::int8_t>(a, b, options);
        auto const quick = quick_sum::of(by);
        if (!by.is_exact() || !quick.is_possible()) continue;
        auto const found = every_pair(by, quick);
        CHECK(found.wrong == 0);
        ++possible;
        if (i % 4 != 0) doubtful += found.doubtful;  // with the same scale for both, halves are many
    }
    CHECK(possible > 250);
    CHECK(doubtful < possible * 65536 / 500);
}

TEST_CASE("quick_sum: not for a result whose range is far below that of the operands") {
    auto const by = make_add<std::int8_t>({1.0F, 0}, {1.0F, 0}, {activation_function::none, {0.01F, 0}});
    CHECK(!quick_sum::of(by).is_possible());
}

}  // namespace
