// SPDX-License-Identifier: MIT
/// The depthwise convolution of any window against the portable one, on a board with the instructions of `Isa`: windows up to
/// 5 x 5, strides and dilations up to 3, borders wider than the image, channels around the lanes' width, multipliers, runs of rows in both
/// orders, rings, factors of every kind. Small enough for a board with 16 KB.
#pragma once
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace channels_test {

using namespace inlay;
using kernel_test::random;

inline constexpr int most_channels = 19;
inline constexpr int most_elements = 1300;

inline std::int8_t filter[25 * most_channels + 3];
inline std::int32_t bias[most_channels];
inline fixed_point factors[most_channels];
inline std::int8_t image[most_elements];
inline std::int8_t ring[most_elements + 3];
inline std::int8_t wanted[most_elements];
inline std::int8_t made[most_elements + 2];

/// Whether its kernel takes any factor and any sum.
template <class Isa>
inline constexpr bool takes_all = false;

/// The kernel of `Isa` and its weights: `with_kernel(g, plain, run)` calls run(bank, convolve), where convolve takes the geometry at
/// run time, so that one program makes all; not at all if the filter does not fit.
template <class Isa>
struct kernel;

template <class Scheme, class Isa>
void compare(depthwise_conv2d_geometry const& g, int kind, int range) {
    filter_bank<Scheme> plain{filter, bias, factors, kind == 3 ? 0 : random(-128, 127), {random(-128, 127), -128, 127}};
    if (range == 1) plain.output = {-128, -128, 127};
    if (range == 2) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.zero_point, 127);
    for (auto& each : filter) each = static_cast<std::int8_t>(kind == 1 ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    for (int o = 0; o < g.out.c(); ++o) {
        bias[o] = random(0, 15) == 0 ? (takes_all<Isa> ? random(-2000000000, 2000000000) : random(-8000000, 8000000)) : random(-20000, 20000);
        int const kinds = random(0, 7);
        factors[o] = {random(0, 9) == 0 ? 0 : random(1 << 30, 2147483647), kinds == 0 ? -random(0, 31) : kinds == 1 && takes_all<Isa> ? random(0, 4) : -random(4, 10)};
    }
    for (auto& each : image) each = static_cast<std::int8_t>(kind == 1 && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    int const in_pitch = g.in.w() * g.in.c();
    int const out_pitch = g.out.w() * g.out.c();
    int const size = g.out.size();
    convolve_depthwise(isa::portable{}, g, g.all_rows(), {wanted, out_pitch}, {image, in_pitch}, plain);
    auto const check = [&](char const* what) {
        kernel_test::equal(what, made + 1, wanted, size, g.in.n(), g.in.h(), g.in.w(), g.in.c(), g.out.c(), g.filter.h(), g.filter.w(), g.stride_h, g.stride_w,
                           g.dilation_h, g.dilation_w, g.pad_top, g.pad_left);
        kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
    };
    kernel<Isa>::with_kernel(g, plain, [&](auto const& bank, auto convolve) {
        for (auto& each : made) each = 99;
        convolve_depthwise(isa::portable{}, g, g.all_rows(), {made + 1, out_pitch}, {image, in_pitch}, bank);
        check("portable kernel, packed weights");
        for (auto& each : made) each = 99;
        kernel_test::in_runs(g.all_rows().count, [&](rows part) { convolve(g, part, {made + 1, out_pitch}, {image, in_pitch}, bank); });
        check("runs of rows");
        for (auto& each : made) each = 99;
        convolve(g, g.all_rows(traversal::backward), {made + 1, out_pitch}, {image, in_pitch}, bank);
        check("backward");
        if (g.in.n() > 1) return;
        // Row by row from a ring that holds just what one row needs, and pixels that begin anywhere.
        int const held = reach_h(g);
        for (auto& each : made) each = 99;
        for (int y = 0; y < g.out.h(); ++y) {
            int const end = std::min(y * g.stride_h - g.pad_top + held, g.in.h());
            for (int row = std::max(end - held, 0); row < end; ++row) {
                for (int i = 0; i < in_pitch; ++i) ring[1 + row % held * in_pitch + i] = image[row * in_pitch + i];
            }
            convolve(g, {y, 1}, {made + 1, out_pitch}, {ring + 1, in_pitch, held}, bank);
        }
        check("from a ring");
    });
}

template <class Isa>
int depthwise_convolutions(int cases, int promised) {
    for (int i = 0; i < cases; ++i) {
        int const multiplier = i % 4 == 1 ? random(2, 9) : 1;
        shape const in{random(1, 2), random(1, 9), random(1, 7), random(1, most_channels / multiplier)};
        depthwise_conv2d_options options;
        options.stride_h = random(1, 3);
        options.stride_w = random(1, 3);
        options.dilation_h = i % 3 == 0 ? random(1, 3) : 1;
        options.dilation_w = i % 3 == 0 ? random(1, 3) : 1;
        options.padding = i % 4 == 0 ? padding::valid : padding::same;
        auto const g = make_depthwise_conv2d_geometry(in, shape{1, random(1, 5), random(1, 5), in.c() * multiplier}, options);
        if (g.out.h() < 1 || g.out.w() < 1 || in.size() > most_elements || g.out.size() > most_elements || reach_h(g) * in.w() * in.c() > most_elements) continue;
        i % 5 == 0 ? compare<int8_per_tensor, Isa>(g, i % 4, i % 3) : compare<int8_per_channel, Isa>(g, i % 4, i % 3);
    }
    return kernel_test::finish(promised);
}

}  // namespace channels_test
