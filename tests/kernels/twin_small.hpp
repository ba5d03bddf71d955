// SPDX-License-Identifier: MIT
/// The kernels without weights against the portable ones, on a board with the instructions of `Isa`: sums of any two scales, average
/// pooling of windows at and around the image's edges, channels at and around groups of four.
#pragma once
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace twin_test {

using namespace inlay;
using kernel_test::random;

inline constexpr int most = 900;
inline constexpr int most_sums = 70;
inline std::int8_t left[most];
inline std::int8_t right[most];
inline std::int8_t wanted[most];
inline std::int8_t made[most + 2];

inline void fill(std::int8_t (&to)[most]) {
    for (auto& each : to) each = static_cast<std::int8_t>(random(0, 5) == 0 ? (random(0, 1) ? 127 : -128) : random(-128, 127));
}

inline affine any_scale() { return {static_cast<float>(random(1, 4000)) / static_cast<float>(random(1, 4000)), random(-128, 127)}; }

template <class Isa>
void compare_sums(int cases) {
    for (int i = 0; i < cases; ++i) {
        fill(left);
        fill(right);
        affine const a = any_scale();
        affine const b = i % 4 == 0 ? affine{a.scale, random(-128, 127)} : any_scale();
        elementwise_options const options{i % 3 == 0 ? activation_function::relu : activation_function::none,
                                          {(a.scale + b.scale) / static_cast<float>(random(1, 4)), random(-128, 127)}};
        auto const by = i % 5 == 0 ? make_sub<std::int8_t>(a, b, options) : make_add<std::int8_t>(a, b, options);
        auto const quick = quick_sum::of(by);
        if (!by.is_exact() || !quick.is_possible()) continue;
        int const count = random(1, most_sums);
        combine(isa::portable{}, make_elementwise_geometry(shape{count}, shape{count}), wanted, left, right, by);
        for (auto& each : made) each = 99;
        twin::add<Isa>(made + 1, left, right, count, by, quick);
        kernel_test::equal("sum", made + 1, wanted, count, a.zero_point, b.zero_point, by.factor_a.shift, by.factor_b.shift, by.rescale.shift);
        kernel_test::is("nothing written around the sum", made[0] == 99 && made[count + 1] == 99);
    }
}

template <class Isa>
void compare_averages(int cases) {
    for (int i = 0; i < cases; ++i) {
        fill(left);
        shape const in{random(1, 2), random(1, 6), random(1, 6), random(1, 12)};
        pool2d_options options{.filter_h = random(1, 4), .filter_w = random(1, 4), .stride_h = random(1, 2), .stride_w = random(1, 3)};
        if (i % 2 == 0) options.padding = padding::same;
        auto const g = make_pool2d_geometry(in, options);
        if (g.out.h() < 1 || g.out.w() < 1) continue;
        int8_output kept{0, -128, 127};
        if (i % 3 == 0) kept.lowest = random(-128, 0), kept.highest = random(0, 127);
        row_view<std::int8_t const> const from{left, g.in.w() * g.in.c()};
        int const pitch = g.out.w() * g.out.c();
        pool_average<std::int8_t>(isa::portable{}, g, g.all_rows(), {wanted, pitch}, from, kept);
        for (auto& each : made) each = 99;
        twin::average_rows(g, g.all_rows(), {made + 1, pitch}, from, kept);
        kernel_test::equal("average", made + 1, wanted, g.out.size(), in.h(), in.w(), in.c(), options.filter_h, options.filter_w, options.stride_w);
        kernel_test::is("nothing written around the averages", made[0] == 99 && made[g.out.size() + 1] == 99);
    }
}

template <class Isa>
int small_operators(int cases, int promised) {
    compare_sums<Isa>(cases);
    compare_averages<Isa>(cases);
    return kernel_test::finish(promised);
}

}  // namespace twin_test
