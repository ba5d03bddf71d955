// SPDX-License-Identifier: MIT
/// The float convolution against the portable one, on a board: pixels and channels at and around blocks of four, taps at and
/// around the unrolled loop, strides, dilation, borders, runs of rows, results over their input.
#pragma once
#include "float_layer.hpp"

namespace float_test {

template <class Machine, auto Kept>
void compare_convolution(conv2d_geometry const& g, bool whole) {
    auto const layout = fp::layout_of(g);
    filter_bank<float32> const plain{filter, bias, nullptr, 0, Kept};
    for (int i = 0; i < g.filter.size(); ++i) packed[layout.offset(i)] = filter[i];
    fp::float_bank<Kept, fp::block_layout> const bank{packed, bias, layout};
    int const in_row = g.in.w() * g.in.c();
    int const out_row = g.out.w() * g.out.c();
    int const size = g.out.size();
    auto const check_made = [&](char const* what) {
        check(what, made + 1, size, layout.taps + 1, whole, g.in.h(), g.in.w(), g.in.c(), g.filter.h(), g.filter.w(), g.out.c(), g.stride_h, g.stride_w,
              g.pad_left, Kept.highest < 10);
    };
    auto const make = [&](rows some, row_view<float> out, row_view<float const> in) {
        fp::convolve_rows<Machine>(g, some, out, in, bank, reinterpret_cast<float*>(scratch));
    };
    convolve(isa::portable{}, g, g.all_rows(), {wanted, out_row}, {image, in_row}, plain);
    clear();
    convolve(isa::portable{}, g, g.all_rows(), {made + 1, out_row}, {image, in_row}, bank);
    check_made("portable kernel, packed weights");
    clear();
    make(g.all_rows(), {made + 1, out_row}, {image, in_row});
    check_made("float kernel");
    kernel_test::is("nothing written around the result", made[0] == 1e30F && made[size + 1] == 1e30F);
    if (whole) {
        kernel_test::over_input(overlap_of(g, 4, traversal::forward, fp::block_convolution(g)), image, g.in.size(), wanted, size,
                                [&](float* to, float const* from) { make(g.all_rows(), {to, out_row}, {from, in_row}); }, g.in.h(), g.in.w(), g.in.c(),
                                g.filter.h(), g.filter.w(), g.out.c(), g.stride_h, g.pad_left);
    }
    // Runs of rows, from an image whose rows lie apart in a ring with a row to spare, to rows that lie apart.
    int const rows_in = g.in.n() * g.in.h();
    if ((in_row + 3) * (rows_in + 1) > most_elements || (out_row + 1) * g.out.n() * g.out.h() > most_elements) return;
    clear();
    kernel_test::scatter_rows(image, rows_in, in_row, apart, in_row + 3, rows_in + 1);
    kernel_test::in_runs(g.out.n() * g.out.h(), [&](rows some) { make(some, {made + 1, out_row + 1}, {apart, in_row + 3, rows_in + 1}); });
    for (int i = 0; i < size; ++i) made[1 + i] = made[1 + i / out_row * (out_row + 1) + i % out_row];
    check_made("float kernel, rows in runs");
}

template <class Machine>
int run_convolutions() {
    for (int i = 0; i < 3600; ++i) {
        conv2d_options options;
        shape in, kernel;
        if (i % 4 == 0) {  // pointwise
            in = {random(1, 2), random(1, 3), random(1, 7), random(1, 40)};
            kernel = {random(1, 21), 1, 1, in.c()};
        } else {
            in = {random(1, 2), random(1, 8), random(1, 8), random(1, 6)};
            kernel = {random(1, 13), random(1, 4), random(1, 4), in.c()};
            options.stride_h = random(1, 2);
            options.stride_w = random(1, 3);
            options.dilation_h = random(1, 2);
            if (kernel.w() == 1) options.dilation_w = 2;
            options.padding = i % 4 == 1 ? padding::valid : padding::same;
        }
        auto const g = make_conv2d_geometry(in, kernel, options);
        if (g.out.h() < 1 || g.out.w() < 1 || g.out.size() > most_elements || g.in.size() > most_elements || !fp::makes_blocks(g)) continue;
        bool const whole = random(0, 3) != 0;
        fill(whole);
        with_range(random(0, 3), [&]<float_output Kept>() { compare_convolution<Machine, Kept>(g, whole); });
    }
    return kernel_test::finish(9000);
}

}  // namespace float_test
