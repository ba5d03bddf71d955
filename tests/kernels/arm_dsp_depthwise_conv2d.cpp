// SPDX-License-Identifier: MIT
// The DSP depthwise convolution against the portable one, on a board: widths and heights at and around the tile of two by two,
// channels at and around groups of four, strides, borders, runs of rows, and numbers up to the ends of their ranges.
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace {

using namespace inlay;
using kernel_test::random;
using kernel_test::with_policy;

constexpr int most_channels = 13;
constexpr int most_elements = 2400;

std::int8_t filter[9 * most_channels];
std::int32_t bias[most_channels];
fixed_point factors[most_channels];
alignas(4) std::int8_t packed[18 * most_channels];
std::int8_t image[most_elements];
std::int8_t wanted[most_elements];
std::int8_t made[most_elements + 2];
std::uint32_t scratch[900];

/// As the layer calls it: `made` may be all rows.
template <dsp::range_kind Range, class Rows>
void run(policy optimise, depthwise_conv2d_geometry const& g, bool walks_down, dsp::packed_table const& table, Rows made_rows, std::int8_t* to, std::int8_t const* from) {
    bool const down = std::is_same_v<Rows, all_rows> && walks_down;
    dsp::column_geometry const columns{g, down};
    rows const walked = down ? rows{0, g.out.w()} : made_rows;
    with_policy(optimise, [&]<policy Policy> {
        row_view<std::int8_t> const out{to, columns.out_row};
        row_view<std::int8_t const> const in{from, columns.in_row};
        if (g.stride_h == 1) dsp::convolve_columns<Policy, Range, 1>(columns, table, walked, out, in, scratch);
        if (g.stride_h == 2) dsp::convolve_columns<Policy, Range, 2>(columns, table, walked, out, in, scratch);
    });
}

void compare(depthwise_conv2d_geometry const& g, bool extreme, bool relu, bool narrow, policy optimise) {
    filter_bank<int8_per_channel> plain{filter, bias, factors, random(-128, 127), {random(-128, 127), -128, 127}};
    if (relu) plain.output = {-128, -128, 127};
    if (narrow) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.lowest, 127);
    for (int i = 0; i < 9 * g.in.c(); ++i) filter[i] = static_cast<std::int8_t>(extreme ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    for (int o = 0; o < g.in.c(); ++o) {
        bias[o] = random(0, 15) == 0 ? random(-8000000, 8000000) : random(-20000, 20000);
        int const shift = random(0, 7) == 0 ? -random(1, 31) : -random(4, 10);
        factors[o] = {random(0, 9) == 0 ? 1 << 30 : random(1 << 30, 2147483647), shift};
    }
    for (auto& each : image) each = static_cast<std::int8_t>(extreme && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    if (!dsp::makes_columns(g) || !dsp::depthwise_filter_fits(9, g.in.c(), plain)) return;
    dsp::channel_layout const layout{9, g.in.c(), dsp::walks_down(g) && random(0, 2) > 0};
    dsp::pack_depthwise(layout, plain, packed);
    int const in_pitch = g.in.w() * g.in.c();
    int const out_pitch = g.out.w() * g.out.c();
    int const size = g.out.size();
    convolve_depthwise(isa::portable{}, g, g.all_rows(), {wanted, out_pitch}, {image, in_pitch}, plain);
    auto const check = [&](char const* what) {
        kernel_test::equal(what, made + 1, wanted, size, g.in.n(), g.in.h(), g.in.w(), g.in.c(), g.stride_h, g.pad_top, g.pad_left);
    };
    kernel_test::with_range(plain.output, [&]<dsp::range_kind Range>() {
        dsp::depthwise_bank<int8_per_channel, Range> const bank{{packed, plain.input_zero_point, plain.output}, layout};
        auto const clear = [] {
            for (auto& each : made) each = 99;
            for (auto& each : scratch) each = 0x7fff8000;
        };
        clear();
        convolve_depthwise(isa::portable{}, g, g.all_rows(), {made + 1, out_pitch}, {image, in_pitch}, bank);
        check("portable kernel, packed weights");
        clear();
        kernel_test::in_runs(g.all_rows().count, [&](rows some) { run<Range>(optimise, g, layout.down, bank, some, made + 1, image); });
        check("dsp kernel, rows in runs");
        clear();
        run<Range>(optimise, g, layout.down, bank, all_rows{g.all_rows()}, made + 1, image);
        check("dsp kernel");
        kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
        kernel_test::over_input(overlap_of(g, 1, traversal::forward, dsp::column_convolution(g, layout.down)), image, g.in.size(), wanted, size,
                                [&](std::int8_t* to, std::int8_t const* from) { run<Range>(optimise, g, layout.down, bank, all_rows{g.all_rows()}, to, from); }, g.in.h(),
                                g.in.w(), g.in.c(), g.stride_h, g.pad_top, g.pad_left);
    });
}

}  // namespace

int main() {
    for (int i = 0; i < 3600; ++i) {
        shape const in{random(1, 2), random(1, i % 6 == 0 ? 19 : 9), random(1, i % 6 == 0 ? 5 : 9), random(4, most_channels)};
        depthwise_conv2d_options options;
        options.stride_h = options.stride_w = i % 3 == 0 ? 2 : 1;
        options.padding = i % 4 == 0 ? padding::valid : padding::same;
        auto const g = make_depthwise_conv2d_geometry(in, shape{1, 3, 3, in.c()}, options);
        if (g.out.h() < 1 || g.out.w() < 1) continue;
        compare(g, i % 7 == 0, i % 5 < 2, i % 5 == 4, kernel_test::policies[i / 2 % 3]);
    }
    return kernel_test::finish(6000);
}
