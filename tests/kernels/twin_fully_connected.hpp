// SPDX-License-Identifier: MIT
/// Fully connected with two units in a word against the portable kernel, on a board with the instructions of `Isa`: units and
/// inputs at and around the edges of the block (four units), of chunks and of the unrolled loop, and weights up to the ends of
/// their range, which need to be split. Small enough for a board with 16 KB.
#pragma once
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace twin_test {

using namespace inlay;
using kernel_test::random;

inline constexpr int most_units = 11;
inline constexpr int most_taps = 110;

inline std::int8_t filter[most_units * most_taps];
inline std::int32_t bias[most_units];
inline fixed_point factors[most_units];
alignas(4) inline std::int8_t packed[(most_units + 1) * (most_taps + 16)];
inline twin::extra_tap extras[most_units * most_taps];
inline std::int8_t image[3 * most_taps];
inline std::int8_t wanted[3 * most_units];
inline std::int8_t made[3 * most_units + 2];
inline std::uint32_t scratch[2 * most_taps];

/// Only the unrolling and its rest are compiled in.
template <class Isa, policy Policy, int Chunk, int Chunks = 1, class Bank>
void run(fully_connected_geometry const& g, Bank const& bank) {
    int chunks = bank.layout.chunks();
    if (chunks >= 16) chunks = 8 + chunks % 8;
    if constexpr (Chunks < 16) {
        if (chunks != Chunks) return run<Isa, Policy, Chunk, Chunks + 1>(g, bank);
    }
    twin::connect<Isa, Policy, Chunk, Chunks>(g, made + 1, image, bank, scratch);
}

template <class Isa, int Chunk>
void compare(fully_connected_geometry const& g, filter_bank<int8_per_channel> const& plain, policy optimise) {
    if (!twin::filter_fits<Isa>(g.out, g.in, plain)) return;
    static twin::channel<Isa> channels[most_units];
    twin::unit_layout const layout{g.in, Chunk};
    twin::pack_units<Isa>(g.out, layout, plain, packed, channels, extras);
    int const size = g.batches * g.out;
    connect(isa::portable{}, g, wanted, image, plain);
    kernel_test::with_finishing(plain.output, [&]<class Finishing>() {
        twin::unit_bank<int8_per_channel, Isa, Chunk, Finishing> const bank{packed, channels, extras, layout, plain.input_zero_point, int8_range_kept{plain.output}};
        for (auto& each : made) each = 99;
        connect(isa::portable{}, g, made + 1, image, bank);
        kernel_test::equal("portable kernel, packed weights", made + 1, wanted, size, g.batches, g.in, g.out, Chunk);
        for (auto& each : made) each = 99;
        for (auto& each : scratch) each = 0x7fff8000;
        optimise == policy::speed ? run<Isa, policy::speed, Chunk>(g, bank) : run<Isa, policy::size, Chunk>(g, bank);
        kernel_test::equal("kernel", made + 1, wanted, size, g.batches, g.in, g.out, Chunk);
        kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
    });
}

template <class Isa>
int connections(int cases, int promised) {
    for (int i = 0; i < cases; ++i) {
        fully_connected_geometry const g{random(1, 3), random(1, i % 4 == 0 ? most_taps : 40), random(1, most_units)};
        filter_bank<int8_per_channel> plain{filter, bias, factors, random(-128, 127), {random(-128, 127), -128, 127}};
        if (i % 5 < 2) plain.output = {-128, -128, 127};
        if (i % 5 == 4) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.lowest, 127);
        int const kind = i % 7 == 0 ? 1 : i % 7 < 3 ? 0 : 2;
        int const reach = random(1, 60);
        for (int o = 0; o < g.out; ++o) {
            for (int k = 0; k < g.in; ++k) {
                filter[o * g.in + k] = static_cast<std::int8_t>(kind == 0 ? random(-128, 127) : kind == 1 ? (random(0, 1) ? 127 : -128) : random(-reach, reach));
            }
            bias[o] = random(-20000, 20000);
            factors[o] = {random(0, 9) == 0 ? 1 << 30 : random(1 << 30, 2147483647), random(0, 7) == 0 ? -random(1, 31) : -random(4, 10)};
        }
        for (auto& each : image) each = static_cast<std::int8_t>(kind == 1 && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
        auto const optimise = i % 2 == 0 ? policy::speed : policy::size;
        compare<Isa, 2>(g, plain, optimise);
        compare<Isa, 4>(g, plain, optimise);
        compare<Isa, 8>(g, plain, optimise);
        compare<Isa, 16>(g, plain, optimise);
    }
    return kernel_test::finish(promised);
}

}  // namespace twin_test
