// SPDX-License-Identifier: MIT
// The fully connected kernel of the DSP extension against the portable one, on a board: units at and around blocks of six,
// inputs at and around words of four and the unrolled steps, several batches, and numbers up to the ends of their ranges.
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace {

using namespace inlay;
using kernel_test::random;

constexpr int most_units = 20;
constexpr int most_taps = 160;

std::int8_t filter[most_units * most_taps];
std::int32_t bias[most_units];
fixed_point factors[most_units];
alignas(4) std::int8_t packed[(most_units + 1) * (most_taps + 32)];
std::int8_t image[3 * most_taps];
std::int8_t wanted[3 * most_units];
std::int8_t made[3 * most_units + 2];
std::uint32_t scratch[most_taps];

/// Compiled for the inputs, where they are few.
template <policy Policy, dsp::range_kind Range, bool OneFactor, int Taps = 0>
void run(fully_connected_geometry const& g, dsp::unit_layout const& layout, dsp::packed_table const& table) {
    if constexpr (Taps <= 16) {
        if (dsp::constant_taps(g, Policy) != Taps) return run<Policy, Range, OneFactor, Taps + 1>(g, layout, table);
        dsp::connect_units<Policy, Taps, Range, OneFactor>(g, dsp::make_unit_plan(layout, dsp::steps_unrolled(Policy)), table, made + 1, image, scratch);
    }
}

template <class Scheme>
void compare(fully_connected_geometry const& g, bool extreme, bool relu, bool narrow, policy optimise) {
    filter_bank<Scheme> plain{filter, bias, factors, random(-128, 127), {random(-128, 127), -128, 127}};
    if (relu) plain.output = {-128, -128, 127};
    if (narrow) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.lowest, 127);
    for (int o = 0; o < g.out; ++o) {
        for (int i = 0; i < g.in; ++i) {
            int const least = o % 2 == 0 ? -127 : -128;
            filter[o * g.in + i] = static_cast<std::int8_t>(extreme ? (random(0, 1) ? 127 : least) : random(least, 127));
        }
        bias[o] = random(-20000, 20000);
        factors[o] = {random(0, 9) == 0 ? 1 << 30 : random(1 << 30, 2147483647), random(0, 7) == 0 ? -random(1, 31) : -random(4, 10)};
    }
    for (auto& each : image) each = static_cast<std::int8_t>(extreme && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    auto const layout = dsp::layout_of<Scheme>(g);
    if (!dsp::makes_units(g) || !dsp::pair_filter_fits(layout, plain)) return;
    dsp::pack_pairs(layout, plain, packed);
    int const size = g.batches * g.out;
    connect(isa::portable{}, g, wanted, image, plain);
    kernel_test::with_range(plain.output, [&]<dsp::range_kind Range>() {
        dsp::pair_bank<Scheme, Range, dsp::unit_layout> const bank{{packed, plain.input_zero_point, plain.output}, layout};
        for (auto& each : made) each = 99;
        connect(isa::portable{}, g, made + 1, image, bank);
        kernel_test::equal("portable kernel, packed weights", made + 1, wanted, size, g.batches, g.in, g.out);
        for (auto& each : made) each = 99;
        for (auto& each : scratch) each = 0x7fff8000;
        kernel_test::with_policy(optimise, [&]<policy Policy> { run<Policy, Range, Scheme::rescales(2) == 1>(g, layout, bank); });
        kernel_test::equal("dsp kernel", made + 1, wanted, size, g.batches, g.in, g.out);
        kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
    });
}

}  // namespace

int main() {
    for (int i = 0; i < 4200; ++i) {
        fully_connected_geometry const g{random(1, 3), random(1, i % 8 == 0 ? most_taps : 40), random(1, most_units)};
        auto const optimise = kernel_test::policies[i / 2 % 3];
        if (i % 2 == 0) {
            compare<int8_per_channel>(g, i % 7 == 0, i % 5 < 2, i % 5 == 4, optimise);
        } else {
            compare<int8_per_tensor>(g, i % 7 == 0, i % 5 < 2, i % 5 == 4, optimise);
        }
    }
    return kernel_test::finish(6000);
}
