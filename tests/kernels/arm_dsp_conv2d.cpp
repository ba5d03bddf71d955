// SPDX-License-Identifier: MIT
// The DSP convolution against the portable one, on a board: geometries at and around the edges of the block (three pixels, two
// channels, four taps, the unrolled steps), strides, borders, and numbers up to the ends of their ranges.
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace {

using namespace inlay;
using kernel_test::random;

constexpr int most_channels = 12;
constexpr int most_taps = 300;
constexpr int most_pixels = 1500;

std::int8_t filter[most_channels * most_taps];
std::int32_t bias[most_channels];
fixed_point factors[most_channels];
alignas(4) std::int8_t packed[most_channels * (most_taps * 4 + 16)];
dsp::channel_pair pairs[most_channels];
std::int8_t image[most_pixels + 8];
std::int8_t wanted[most_pixels];
std::int8_t made[most_pixels + 2];
std::uint32_t scratch[6 * most_taps];

int fill(conv2d_geometry const& g, filter_bank<int8_per_channel>& plain, bool extreme, bool relu, bool narrow) {
    int const taps = g.filter.h() * g.filter.w() * g.filter.c();
    plain = {filter, bias, factors, random(-128, 127), {random(-128, 127), -128, 127}};
    if (relu) plain.output = {-128, -128, 127};
    if (narrow) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.lowest, 127);
    for (int o = 0; o < g.out.c(); ++o) {
        for (int i = 0; i < taps; ++i) {
            int const least = o % 2 == 0 ? -127 : -128;
            filter[o * taps + i] = static_cast<std::int8_t>(extreme ? (random(0, 1) ? 127 : least) : random(least, 127));
        }
        bias[o] = random(-20000, 20000);
        // Shifts with which the results spread over the range, and some far outside.
        int const shift = random(0, 7) == 0 ? -random(1, 31) : -random(4, 10);
        factors[o] = {random(0, 9) == 0 ? 1 << 30 : random(1 << 30, 2147483647), shift};
    }
    for (auto& each : image) each = static_cast<std::int8_t>(extreme && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    return taps;
}

/// Only the unrolling and its rest are compiled in: from 9 steps on, every eighth number of steps gets the same code.
template <policy Policy, bool Pointwise, int Steps = 2>
void run(conv2d_geometry const& g, dsp::pair_bank<int8_per_channel> const& bank, int steps) {
    if (steps > 9) steps = 9 + (steps - 1) % 8;
    if constexpr (Steps < 16) {
        if (steps != Steps) return run<Policy, Pointwise, Steps + 1>(g, bank, steps);
    }
    dsp::convolve_pairs<Policy, Steps, Pointwise>(g, g.all_rows(), {made + 1, g.out.w() * g.out.c()}, {image, g.in.w() * g.in.c()}, bank, scratch);
}

void compare(conv2d_geometry const& g, bool extreme, bool relu, bool narrow, policy optimise) {
    filter_bank<int8_per_channel> plain{};
    int const taps = fill(g, plain, extreme, relu, narrow);
    if (taps > most_taps || !dsp::makes_pairs(g) || !dsp::pair_filter_fits(g.out.c(), taps, plain)) return;
    auto const layout = dsp::layout_of(g);
    dsp::pack_pairs(g.out.c(), layout, plain, packed, pairs);
    dsp::pair_bank<int8_per_channel> const bank{packed, pairs, layout, plain.input_zero_point, int8_range_kept{plain.output}};
    row_view<std::int8_t const> const in{image, g.in.w() * g.in.c()};
    int const size = g.out.size();
    convolve(isa::portable{}, g, g.all_rows(), {wanted, g.out.w() * g.out.c()}, in, plain);
    auto const check = [&](char const* what) {
        kernel_test::equal(what, made + 1, wanted, size, g.in.h(), g.in.w(), g.in.c(), g.filter.h(), g.filter.w(), g.out.c(), g.stride_h, g.pad_left);
    };
    for (auto& each : made) each = 99;
    convolve(isa::portable{}, g, g.all_rows(), {made + 1, g.out.w() * g.out.c()}, in, bank);
    check("portable kernel, packed weights");
    for (auto& each : made) each = 99;
    for (auto& each : scratch) each = 0x7fff8000;
    bool const pointwise = dsp::is_pointwise(g);
    if (optimise == policy::speed) pointwise ? run<policy::speed, true>(g, bank, layout.steps()) : run<policy::speed, false>(g, bank, layout.steps());
    if (optimise == policy::size) pointwise ? run<policy::size, true>(g, bank, layout.steps()) : run<policy::size, false>(g, bank, layout.steps());
    check("dsp kernel");
    kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
}

}  // namespace

int main() {
    for (int i = 0; i < 3600; ++i) {
        int const kind = i % 4;
        conv2d_options options;
        shape in, kernel;
        if (kind == 0) {  // pointwise
            in = {random(1, 2), random(1, 3), random(1, 7), random(1, 40)};
            kernel = {random(1, most_channels), 1, 1, in.c()};
        } else {
            in = {1, random(1, 8), random(1, 8), random(1, 9)};
            kernel = {random(1, 7), random(1, 4), random(1, 4), in.c()};
            options.stride_h = random(1, 2);
            options.stride_w = random(1, 2);
            options.dilation_h = random(1, 2);
            options.padding = kind == 1 ? padding::valid : padding::same;
        }
        auto const g = make_conv2d_geometry(in, kernel, options);
        if (g.out.h() < 1 || g.out.w() < 1 || g.out.size() > most_pixels || g.in.size() > most_pixels) continue;
        compare(g, i % 7 == 0, i % 3 == 0, i % 5 == 0, i % 2 == 0 ? policy::speed : policy::size);
    }
    return kernel_test::finish(6000);
}
