// SPDX-License-Identifier: MIT
/// The convolution of any window, with groups and dilation, against the portable one, on a board with the instructions of `Isa`:
/// filters around four to a group, borders wider than the image, runs of rows in both orders, rings. Small enough for a board with 16 KB.
#pragma once
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace channels_test {

using namespace inlay;
using kernel_test::random;

inline constexpr int most_channels = 14;
inline constexpr int most_elements = 1000;

inline std::int8_t filter[1100];
inline std::int8_t packed[sizeof filter];
inline std::int32_t bias[most_channels];
inline fixed_point factors[most_channels];
inline std::int8_t image[most_elements];
inline std::int8_t ring[most_elements + 3];
inline std::int8_t wanted[most_elements];
inline std::int8_t made[most_elements + 2];

template <class Scheme, class Isa>
void compare(conv2d_geometry const& g, int kind, int range) {
    static twin::channel<Isa> constants[most_channels];
    filter_bank<Scheme> plain{filter, bias, factors, kind == 3 ? 0 : random(-128, 127), {random(-128, 127), -128, 127}};
    if (range == 1) plain.output = {-128, -128, 127};
    if (range == 2) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.zero_point, 127);
    for (auto& each : filter) each = static_cast<std::int8_t>(kind == 1 ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    for (int o = 0; o < g.out.c(); ++o) {
        bias[o] = random(0, 15) == 0 ? random(-5000000, 5000000) : random(-20000, 20000);
        factors[o] = {random(0, 9) == 0 ? 0 : random(1 << 30, 2147483647), random(0, 7) == 0 ? -random(0, 31) : -random(4, 10)};
    }
    for (auto& each : image) each = static_cast<std::int8_t>(kind == 1 && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    channels::weight_order const order{twin::taps_of(g), g.out.c(), false};
    if (!channels::fits<Isa>(plain, order)) return;
    channels::pack<Isa>(plain, order, packed, constants);
    int const in_pitch = g.in.w() * g.in.c();
    int const out_pitch = g.out.w() * g.out.c();
    int const size = g.out.size();
    convolve(isa::portable{}, g, g.all_rows(), {wanted, out_pitch}, {image, in_pitch}, plain);
    auto const check = [&](char const* what) {
        kernel_test::equal(what, made + 1, wanted, size, g.in.n(), g.in.h(), g.in.w(), g.in.c(), g.out.c(), g.groups(), g.filter.h(), g.filter.w(),
                           g.stride_h, g.stride_w, g.dilation_h, g.dilation_w, g.pad_top, g.pad_left);
        kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
    };
    auto const clear = [] {
        for (auto& each : made) each = 99;
    };
    kernel_test::with_finishing(plain.output, [&]<class Finishing>() {
        channels::bank<Scheme, Isa, Finishing> const bank{packed, constants, order, g.out.c(), plain.input_zero_point, int8_range_kept{plain.output}};
        auto const make = [&](rows part, row_view<std::int8_t const> in) {
            channels::convolve_filter_rows<twin::requantiser<Isa, Finishing>>(g, part, {made + 1, out_pitch}, in, bank);
        };
        clear();
        convolve(isa::portable{}, g, g.all_rows(), {made + 1, out_pitch}, {image, in_pitch}, bank);
        check("portable kernel, packed weights");
        clear();
        kernel_test::in_runs(g.all_rows().count, [&](rows part) { make(part, {image, in_pitch}); });
        check("runs of rows");
        clear();
        make(g.all_rows(traversal::backward), {image, in_pitch});
        check("backward");
        if (g.in.n() > 1) return;
        // Row by row from a ring that holds just what one row needs, and pixels that begin anywhere.
        int const held = reach_h(g);
        clear();
        for (int y = 0; y < g.out.h(); ++y) {
            int const end = std::min(y * g.stride_h - g.pad_top + held, g.in.h());
            for (int row = std::max(end - held, 0); row < end; ++row) {
                for (int i = 0; i < in_pitch; ++i) ring[1 + row % held * in_pitch + i] = image[row * in_pitch + i];
            }
            make({y, 1}, {ring + 1, in_pitch, held});
        }
        check("from a ring");
    });
}

template <class Isa>
int convolutions(int cases, int promised) {
    for (int i = 0; i < cases; ++i) {
        int const groups = i % 3 == 0 ? 1 : random(1, 4);
        int const depth = random(1, 5);
        int const of_group = random(1, most_channels / groups);
        conv2d_options options;
        options.stride_h = random(1, 3);
        options.stride_w = random(1, 3);
        options.dilation_h = random(1, 3);
        options.dilation_w = random(1, 3);
        options.padding = i % 4 == 0 ? padding::valid : padding::same;
        options.groups = groups;
        shape const in{random(1, 2), random(1, 8), random(1, 6), depth * groups};
        auto const g = make_conv2d_geometry(in, shape{of_group * groups, random(1, 4), random(1, 4), depth}, options);
        if (g.out.h() < 1 || g.out.w() < 1 || in.size() > most_elements || g.out.size() > most_elements || g.filter.size() > static_cast<int>(sizeof filter) ||
            reach_h(g) * in.w() * in.c() > most_elements) {
            continue;
        }
        i % 5 == 0 ? compare<int8_per_tensor, Isa>(g, i % 4, i % 3) : compare<int8_per_channel, Isa>(g, i % 4, i % 3);
    }
    return kernel_test::finish(promised);
}

}  // namespace channels_test
