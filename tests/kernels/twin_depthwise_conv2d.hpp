// SPDX-License-Identifier: MIT
/// The depthwise convolution with two rows in a word against the portable one, on a board with the instructions of `Isa`: widths
/// and heights from one on, odd ones and even ones, strides, borders, runs of rows, and weights up to the ends of their range,
/// which need to be split. Small enough for a board with 16 KB.
#pragma once
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace twin_test {

using namespace inlay;
using kernel_test::random;

inline constexpr int most_channels = 9;
inline constexpr int most_elements = 1100;

inline std::int8_t filter[9 * most_channels];
inline std::int32_t bias[most_channels];
inline fixed_point factors[most_channels];
inline std::int8_t packed[9 * most_channels];
inline twin::extra_column extras[3 * most_channels];
inline std::int8_t image[most_elements];
inline std::int8_t wanted[most_elements];
inline std::int8_t made[most_elements + 2];
inline std::uint32_t scratch[132];

template <class Isa>
void compare(depthwise_conv2d_geometry const& g, int kind, bool relu, bool narrow) {
    static twin::channel<Isa> channels[most_channels];
    filter_bank<int8_per_channel> plain{filter, bias, factors, random(-128, 127), {random(-128, 127), -128, 127}};
    if (relu) plain.output = {-128, -128, 127};
    if (narrow) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.lowest, 127);
    int const reach = random(1, 100);
    for (int i = 0; i < 9 * g.in.c(); ++i) {
        filter[i] = static_cast<std::int8_t>(kind == 0 ? random(-128, 127) : kind == 1 ? (random(0, 1) ? 127 : -128) : random(-reach, reach));
    }
    for (int o = 0; o < g.in.c(); ++o) {
        bias[o] = random(0, 15) == 0 ? random(-8000000, 8000000) : random(-20000, 20000);
        int const shift = random(0, 7) == 0 ? -random(1, 31) : -random(4, 10);
        factors[o] = {random(0, 9) == 0 ? 1 << 30 : random(1 << 30, 2147483647), shift};
    }
    for (auto& each : image) each = static_cast<std::int8_t>(kind == 1 && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    if (!twin::planes_fit<Isa>(g.in.c(), plain)) return;
    twin::pack_planes<Isa>(g.in.c(), plain, packed, channels, extras);
    int const in_pitch = g.in.w() * g.in.c();
    int const out_pitch = g.out.w() * g.out.c();
    int const size = g.out.size();
    convolve_depthwise(isa::portable{}, g, g.all_rows(), {wanted, out_pitch}, {image, in_pitch}, plain);
    auto const check = [&](char const* what) {
        kernel_test::equal(what, made + 1, wanted, size, g.in.n(), g.in.h(), g.in.w(), g.in.c(), g.stride_h, g.pad_top, g.pad_left);
    };
    kernel_test::with_finishing(plain.output, [&]<class Finishing>() {
        twin::plane_bank<int8_per_channel, Isa, Finishing> const bank{packed, channels, extras, g.in.c(), plain.input_zero_point, int8_range_kept{plain.output}};
        for (auto& each : made) each = 99;
        convolve_depthwise(isa::portable{}, g, g.all_rows(), {made + 1, out_pitch}, {image, in_pitch}, bank);
        check("portable kernel, packed weights");
        for (auto& each : made) each = 99;
        for (auto& each : scratch) each = 0x7fff8000;
        int const whole = g.all_rows().count;
        int const cut = random(0, whole);
        for (auto const part : {rows{0, cut}, rows{cut, whole - cut}}) {
            if (g.stride_h == 1) twin::convolve_depthwise<Isa, 1>(g, part, {made + 1, out_pitch}, {image, in_pitch}, bank, scratch);
            if (g.stride_h == 2) twin::convolve_depthwise<Isa, 2>(g, part, {made + 1, out_pitch}, {image, in_pitch}, bank, scratch);
        }
        check("kernel");
        kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
        kernel_test::is("the scratch asked for is enough", scratch[131] == 0x7fff8000);
    });
}

template <class Isa>
int depthwise_convolutions(int cases, int promised) {
    for (int i = 0; i < cases; ++i) {
        shape const in{random(1, 2), random(1, 8), random(1, 7), random(1, most_channels)};
        depthwise_conv2d_options options;
        options.stride_h = options.stride_w = i % 3 == 0 ? 2 : 1;
        options.padding = i % 4 == 0 ? padding::valid : padding::same;
        auto const g = make_depthwise_conv2d_geometry(in, shape{1, 3, 3, in.c()}, options);
        if (g.out.h() < 1 || g.out.w() < 1 || !twin::makes_planes(g)) continue;
        compare<Isa>(g, i % 7 == 0 ? 1 : i % 7 < 3 ? 0 : 2, i % 5 < 2, i % 5 == 4);
    }
    return kernel_test::finish(promised);
}

}  // namespace twin_test
