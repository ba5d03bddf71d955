// SPDX-License-Identifier: MIT
/// The float kernels without weights against the portable ones, on a board: sums of any size, apart and over an operand; averages
/// of windows at and around the image's edges, from images and from rings of rows.
#pragma once
#include "float_layer.hpp"

namespace float_test {

inline constexpr activation_function activations[] = {activation_function::none, activation_function::relu, activation_function::relu6,
                                                      activation_function::relu_n1_to_1};

inline void compare_averages(int i) {
    fill(i % 4 != 0);
    shape const in{random(1, 2), random(1, 6), random(1, 6), random(1, 20)};
    pool2d_options options{.filter_h = random(1, 4), .filter_w = random(1, 4), .stride_h = random(1, 2), .stride_w = random(1, 3)};
    if (i % 2 == 0) options.padding = padding::same;
    auto const g = make_pool2d_geometry(in, options);
    if (g.out.h() < 1 || g.out.w() < 1) return;
    auto const kept = float32::output_of({}, activations[random(0, 3)]);
    int const row = in.w() * in.c();
    int const pitch = g.out.w() * g.out.c();
    pool_average<float>(isa::portable{}, g, g.all_rows(), {wanted, pitch}, {image, row}, kept);
    clear();
    fp::average_rows(g, g.all_rows(), {made + 1, pitch}, {image, row}, kept);
    kernel_test::equal("average", made + 1, wanted, g.out.size(), in.h(), in.w(), in.c(), options.filter_h, options.filter_w, options.stride_w);
    kernel_test::is("nothing written around the averages", made[0] == 1e30F && made[g.out.size() + 1] == 1e30F);
    clear();
    kernel_test::scatter_rows(image, in.n() * in.h(), row, apart, row + 3, in.n() * in.h() + 1);
    kernel_test::in_runs(g.out.n() * g.out.h(), [&](rows some) { fp::average_rows(g, some, {made + 1, pitch}, {apart, row + 3, in.n() * in.h() + 1}, kept); });
    kernel_test::equal("average from a ring", made + 1, wanted, g.out.size(), in.h(), in.w(), in.c(), options.filter_h, options.filter_w, options.stride_w);
}

template <class Machine>
int run_small() {
    for (int i = 0; i < 3200; ++i) {
        fill(i % 4 != 0);
        for (auto& each : apart) each = number(i % 4 != 0);
        int const count = random(1, 70);
        auto const by = make_add<float>({}, {}, {activations[random(0, 3)], {}});
        combine(isa::portable{}, make_elementwise_geometry(shape{count}, shape{count}), wanted, image, apart, by);
        clear();
        fp::add_all<Machine>(made + 1, image, apart, count, by);
        kernel_test::equal("sum", made + 1, wanted, count, by.output.lowest < 0, by.output.highest < 10);
        kernel_test::is("nothing written around the sum", made[0] == 1e30F && made[count + 1] == 1e30F);
        fp::add_all<Machine>(apart, image, apart, count, by);
        kernel_test::equal("sum over its second operand", apart, wanted, count, by.output.lowest < 0, by.output.highest < 10);
    }
    int const sums = kernel_test::compared;
    for (int i = 0; i < 4500; ++i) compare_averages(i);
    kernel_test::is("6,000 sums were compared", sums >= 6000);
    return kernel_test::finish(12000);
}

}  // namespace float_test
