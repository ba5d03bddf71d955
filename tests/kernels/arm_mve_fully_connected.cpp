// SPDX-License-Identifier: MIT
// The fully connected kernel of Helium against the portable one, on a board: units at and around blocks of four, inputs at and
// around vectors of sixteen and the loop over steps, several batches, and numbers up to the ends of their ranges.
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
alignas(4) std::int8_t packed[(most_units + 4) * (most_taps + 16)];
mve::lane_channels<mve::block_units> channels[most_units];
std::int8_t image[3 * most_taps];
std::int8_t wanted[3 * most_units];
std::int8_t made[3 * most_units + 2];
std::int8_t scratch[most_taps + 16];

using bank_type = mve::lane_bank<int8_per_channel, mve::block_units>;

/// From 5 steps on only their parity is compiled in.
template <int Steps = 1>
void run(fully_connected_geometry const& g, bank_type const& bank, int steps) {
    if (steps > 6) steps = 6 - steps % 2;
    if constexpr (Steps < 6) {
        if (steps != Steps) return run<Steps + 1>(g, bank, steps);
    }
    if (bank.kept.away_from_zero) {
        mve::connect_units<Steps, true>(g, made + 1, image, bank, scratch);
    } else {
        mve::connect_units<Steps, false>(g, made + 1, image, bank, scratch);
    }
}

void compare(fully_connected_geometry const& g, bool extreme, bool relu, bool narrow) {
    filter_bank<int8_per_channel> plain{filter, bias, factors, random(-128, 127), {random(-128, 127), -128, 127}};
    if (relu) plain.output = {-128, -128, 127};
    if (narrow) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.lowest, 127);
    for (int o = 0; o < g.out; ++o) {
        for (int i = 0; i < g.in; ++i) {
            filter[o * g.in + i] = static_cast<std::int8_t>(extreme ? (random(0, 1) ? 127 : -128) : random(-128, 127));
        }
        bias[o] = random(-20000, 20000);
        factors[o] = {random(0, 9) == 0 ? 1 << 30 : random(1 << 30, 2147483647), random(0, 7) == 0 ? -random(1, 31) : -random(4, 10)};
    }
    for (auto& each : image) each = static_cast<std::int8_t>(extreme && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
    if (!mve::makes_units(g) || !mve::lane_filter_fits(g.out, g.in, plain)) return;
    mve::pack_lanes(g.out, g.in, plain, packed, channels);
    bank_type const bank{packed, channels, g.in, plain.input_zero_point, plain.output.zero_point, int8_range_kept{plain.output}};
    int const size = g.batches * g.out;
    connect(isa::portable{}, g, wanted, image, plain);
    for (auto& each : made) each = 99;
    connect(isa::portable{}, g, made + 1, image, bank);
    kernel_test::equal("portable kernel, packed weights", made + 1, wanted, size, g.batches, g.in, g.out);
    for (auto& each : made) each = 99;
    for (auto& each : scratch) each = static_cast<std::int8_t>(random(-128, 127));
    run(g, bank, bank.layout().steps());
    kernel_test::equal("mve kernel", made + 1, wanted, size, g.batches, g.in, g.out);
    kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
}

}  // namespace

int main() {
    for (int i = 0; i < 6400; ++i) {
        fully_connected_geometry const g{random(1, 3), random(1, i % 8 == 0 ? most_taps : i % 2 == 0 ? 40 : 16), random(1, most_units)};
        compare(g, i % 7 == 0, i % 5 < 2, i % 5 == 4);
    }
    return kernel_test::finish(12000);
}
