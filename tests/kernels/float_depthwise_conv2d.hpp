// SPDX-License-Identifier: MIT
/// The float depthwise convolution against the portable one, on a board: channels at and around groups of 4, 8 and 16, filters
/// of all sizes, strides, dilation, borders, windows outside the image, runs of rows, results over their input.
#pragma once
#include "float_layer.hpp"

namespace float_test {

template <class Machine, int Channels, auto Kept>
void compare_depthwise(depthwise_conv2d_geometry const& g, bool whole) {
    filter_bank<float32> const plain{filter, bias, nullptr, 0, Kept};
    fp::float_bank<Kept, fp::plain_layout> const bank{filter, bias, {}};
    int const in_row = g.in.w() * g.in.c();
    int const out_row = g.out.w() * g.out.c();
    int const size = g.out.size();
    auto const check_made = [&](char const* what) {
        check(what, made + 1, size, g.filter.h() * g.filter.w() + 1, whole, g.in.n(), g.in.h(), g.in.w(), g.in.c(), g.filter.h(), g.filter.w(), g.stride_h,
              g.stride_w, g.dilation_w, g.pad_top, g.pad_left);
    };
    auto const make = [&](rows some, row_view<float> out, row_view<float const> in) {
        fp::convolve_groups<Machine, Channels>(g, some, out, in, bank, reinterpret_cast<float*>(scratch));
    };
    convolve_depthwise(isa::portable{}, g, g.all_rows(), {wanted, out_row}, {image, in_row}, plain);
    clear();
    kernel_test::in_runs(g.all_rows().count, [&](rows some) { make(some, {made + 1, out_row}, {image, in_row}); });
    check_made("float kernel");
    kernel_test::is("nothing written around the result", made[0] == 1e30F && made[size + 1] == 1e30F);
    if (whole && fp::group_convolution(g).scratch_words <= static_cast<int>(std::size(scratch))) {
        kernel_test::over_input(overlap_of(g, 4, traversal::forward, fp::group_convolution(g)), image, g.in.size(), wanted, size,
                                [&](float* to, float const* from) { make(g.all_rows(), {to, out_row}, {from, in_row}); }, g.in.h(), g.in.w(), g.in.c(),
                                g.filter.h(), g.filter.w(), g.stride_h, g.stride_w, g.dilation_w, g.pad_top, g.pad_left);
    }
    int const rows_in = g.in.n() * g.in.h();
    if ((in_row + 3) * (rows_in + 1) > most_elements) return;
    clear();
    kernel_test::scatter_rows(image, rows_in, in_row, apart, in_row + 3, rows_in + 1);
    make(g.all_rows(), {made + 1, out_row}, {apart, in_row + 3, rows_in + 1});
    check_made("float kernel, rows of a ring");
}

template <class Machine>
int run_depthwise() {
    for (int i = 0; i < 4500; ++i) {
        shape const in{random(1, 5) == 1 ? 2 : 1, random(1, 8), random(1, 8), i % 2 == 0 ? 4 * random(1, 12) : random(4, most_channels)};
        depthwise_conv2d_options options;
        bool const square = i % 3 != 0;
        options.stride_h = options.stride_w = random(1, 2);
        if (!square) options.stride_w = random(1, 3), options.dilation_h = random(1, 2), options.dilation_w = random(1, 3);
        options.padding = i % 4 == 0 ? padding::valid : padding::same;
        if (i % 16 == 5) options.padding = {padding::kind::given, random(0, 4), random(0, 4), random(0, 4), random(0, 4)};
        shape const kernel{1, square ? 3 : random(1, 5), square ? 3 : random(1, 5), in.c()};
        auto const g = make_depthwise_conv2d_geometry(in, kernel, options);
        if (g.out.h() < 1 || g.out.w() < 1 || g.out.size() > most_elements || g.in.size() > most_elements || !fp::makes_groups(g)) continue;
        bool const whole = random(0, 3) != 0;
        fill(whole);
        with_range(random(0, 3), [&]<float_output Kept>() {
            switch (fp::group_channels(g.out.c())) {
                case 4: return compare_depthwise<Machine, 4, Kept>(g, whole);
                case 8: return compare_depthwise<Machine, 8, Kept>(g, whole);
                default: return compare_depthwise<Machine, 16, Kept>(g, whole);
            }
        });
    }
    return kernel_test::finish(9000);
}

}  // namespace float_test
