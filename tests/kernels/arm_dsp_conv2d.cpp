// SPDX-License-Identifier: MIT
// The DSP convolution against the portable one, on a board: geometries at and around the edges of the block (three pixels, two
// channels, four taps, the unrolled steps), strides, borders, and numbers up to the ends of their ranges.
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace {

using namespace inlay;
using kernel_test::random;
using kernel_test::with_policy;

constexpr int most_channels = 12;
constexpr int most_taps = 300;
constexpr int most_pixels = 1500;

std::int8_t filter[most_channels * most_taps];
std::int32_t bias[most_channels];
fixed_point factors[most_channels];
alignas(4) std::int8_t packed[(most_channels + 1) * (most_taps * 2 + 32)];
std::int8_t image[most_pixels + 8];
std::int8_t wanted[most_pixels];
std::int8_t made[most_pixels + 2];
std::int8_t apart[most_pixels];
std::uint32_t scratch[7 * most_taps];

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

/// The code for the kind of window that the geometry has.
template <policy Policy, dsp::range_kind Range, int Taps = 0>
dsp::pair_code code_for(conv2d_geometry const& g) {
    auto const kind = dsp::window_kind_of(g, Policy);
    if (kind.overlapping) return dsp::pair_code_for<Policy, dsp::window_kind{.overlapping = true}, Range>;
    if constexpr (Taps < dsp::window_kind::most_constant_taps) {
        if (kind.taps != Taps) return code_for<Policy, Range, Taps + 1>(g);
    }
    if (kind.pointwise) return dsp::pair_code_for<Policy, dsp::window_kind{.pointwise = true, .taps = Taps}, Range>;
    return dsp::pair_code_for<Policy, dsp::window_kind{.taps = Taps}, Range>;
}

void compare(conv2d_geometry const& g, bool extreme, bool relu, bool narrow, policy optimise) {
    filter_bank<int8_per_channel> plain{};
    int const taps = fill(g, plain, extreme, relu, narrow);
    if (taps > most_taps || !dsp::makes_pairs(g) || !dsp::pair_filter_fits(dsp::layout_of(g), plain)) return;
    auto const layout = dsp::layout_of(g);
    dsp::pack_pairs(layout, plain, packed);
    int const in_row = g.in.w() * g.in.c();
    int const out_row = g.out.w() * g.out.c();
    row_view<std::int8_t const> const in{image, in_row};
    int const size = g.out.size();
    convolve(isa::portable{}, g, g.all_rows(), {wanted, out_row}, in, plain);
    auto const check = [&](char const* what) {
        kernel_test::equal(what, made + 1, wanted, size, g.in.h(), g.in.w(), g.in.c(), g.filter.h(), g.filter.w(), g.out.c(), g.stride_h, g.pad_left);
    };
    auto const clear = [] {
        for (auto& each : made) each = 99;
        for (auto& each : scratch) each = 0x7fff8000;
    };
    kernel_test::with_range(plain.output, [&]<dsp::range_kind Range>() {
        dsp::pair_bank<int8_per_channel, Range> const bank{{packed, plain.input_zero_point, plain.output}, layout};
        auto const make = [&](rows made_rows, row_view<std::int8_t> out, row_view<std::int8_t const> from) {
            with_policy(optimise, [&]<policy Policy> {
                dsp::convolve_rows<Policy>(code_for<Policy, Range>(g), dsp::window_geometry{g}, bank, made_rows, out, from, scratch);
            });
        };
        clear();
        convolve(isa::portable{}, g, g.all_rows(), {made + 1, out_row}, in, bank);
        check("portable kernel, packed weights");
        clear();
        make(g.all_rows(), {made + 1, out_row}, in);
        check("dsp kernel");
        kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
        kernel_test::over_input(overlap_of(g, 1, traversal::forward, dsp::pair_convolution(g)), image, g.in.size(), wanted, size,
                                [&](std::int8_t* to, std::int8_t const* from) { make(g.all_rows(), {to, out_row}, {from, in_row}); }, g.in.h(), g.in.w(),
                                g.in.c(), g.filter.h(), g.filter.w(), g.out.c(), g.stride_h, g.pad_left);
        // Runs of rows, from an image whose rows lie apart in a ring with a row to spare, to rows that lie apart.
        int const rows_in = g.in.n() * g.in.h();
        if ((in_row + 3) * (rows_in + 1) > most_pixels || (out_row + 1) * g.out.n() * g.out.h() > most_pixels) return;
        clear();
        kernel_test::scatter_rows(image, rows_in, in_row, apart, in_row + 3, rows_in + 1);
        kernel_test::in_runs(g.out.n() * g.out.h(), [&](rows some) { make(some, {made + 1, out_row + 1}, {apart, in_row + 3, rows_in + 1}); });
        for (int i = 0; i < size; ++i) made[1 + i] = made[1 + i / out_row * (out_row + 1) + i % out_row];
        check("dsp kernel, rows in runs");
    });
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
        compare(g, i % 7 == 0, i % 3 == 0, i % 5 == 0, kernel_test::policies[i / 4 % 3]);
    }
    return kernel_test::finish(9000);
}
