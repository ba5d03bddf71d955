// SPDX-License-Identifier: MIT
// The Helium convolution against the portable one, on a board: geometries at and around the edges of the block (four pixels,
// two channels, sixteen taps, the loop over steps), strides, borders, and numbers up to the ends of their ranges.
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
alignas(4) std::int8_t packed[(most_channels + 1) * (most_taps + 16)];
mve::lane_channels<2> channels[most_channels];
std::int8_t image[most_pixels + 8];
std::int8_t wanted[most_pixels];
std::int8_t made[most_pixels + 2];
std::int8_t scratch[4 * (most_taps + 16)];

int fill(conv2d_geometry const& g, filter_bank<int8_per_channel>& plain, bool extreme, bool relu, bool narrow) {
    int const taps = g.filter.h() * g.filter.w() * g.filter.c();
    plain = {filter, bias, factors, random(-128, 127), {random(-128, 127), -128, 127}};
    if (relu) plain.output = {-128, -128, 127};
    if (narrow) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.lowest, 127);
    for (int o = 0; o < g.out.c(); ++o) {
        for (int i = 0; i < taps; ++i) {
    filter[o * taps + i] = static_cast<std::int8_t>(extreme ? (random(0, 1) ? 127 : -128) : random(-128, 127));
        }
        bias[o] = random(-20000, 20000);
        // Shifts with which the results spread over the range, and some far outside.
        int const shift = random(0, 7) == 0 ? -random(1, 31) : -random(4, 10);
        factors[o] = {random(0, 9) == 0 ? 1 << 30 : random(1 << 30, 2147483647), shift};
    }
    for (auto& each : image) each = static_cast<std::int8_t>(extreme && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    return taps;
}

using bank_type = mve::lane_bank<int8_per_channel, 2>;

/// From 5 steps on only their parity is compiled in.
template <int Rest, bool InPlace, int Steps = 1>
void run(conv2d_geometry const& g, bank_type const& bank, int steps) {
    if (steps > 6) steps = 6 - steps % 2;
    if constexpr (Steps < 6) {
        if (steps != Steps) return run<Rest, InPlace, Steps + 1>(g, bank, steps);
    }
    row_view<std::int8_t> const out{made + 1, g.out.w() * g.out.c()};
    row_view<std::int8_t const> const in{image, g.in.w() * g.in.c()};
    if (bank.kept.away_from_zero) {
        mve::convolve_pixels<Steps, Rest, true, InPlace>(g, g.all_rows(), out, in, bank, scratch);
    } else {
        mve::convolve_pixels<Steps, Rest, false, InPlace>(g, g.all_rows(), out, in, bank, scratch);
    }
}

template <bool InPlace>
void run(conv2d_geometry const& g, bank_type const& bank, int rest) {
    int const steps = bank.layout().steps();
    if (rest == 1) return run<1, InPlace>(g, bank, steps);
    if (rest == 2) return run<2, InPlace>(g, bank, steps);
    if (rest == 3) return run<3, InPlace>(g, bank, steps);
    run<4, InPlace>(g, bank, steps);
}

void compare(conv2d_geometry const& g, bool extreme, bool relu, bool narrow, policy optimise) {
    filter_bank<int8_per_channel> plain{};
    int const taps = fill(g, plain, extreme, relu, narrow);
    if (taps > most_taps || !mve::makes_lanes(g) || !mve::lane_filter_fits(g.out.c(), taps, plain)) return;
    mve::pack_lanes(g.out.c(), taps, plain, packed, channels);
    bank_type const bank{packed, channels, taps, plain.input_zero_point, plain.output.zero_point, int8_range_kept{plain.output}};
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
    for (auto& each : scratch) each = static_cast<std::int8_t>(random(-128, 127));
    int const rest = optimise == policy::size ? 4 : mve::rest_of(g);
    mve::reads_in_place(g) ? run<true>(g, bank, rest) : run<false>(g, bank, rest);
    check("mve kernel");
    kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
}

}  // namespace

int main() {
    for (int i = 0; i < 3600; ++i) {
        int const kind = i % 4;
        conv2d_options options;
        shape in, kernel;
        if (kind == 0) {  // pointwise
            in = {random(1, 2), random(1, 3), random(1, 7), random(1, 2) == 1 ? random(1, 140) : 16 * random(1, 8)};
            kernel = {random(1, most_channels), 1, 1, in.c()};
        } else {
            in = {1, random(1, 8), random(1, 8), random(1, 17)};
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
