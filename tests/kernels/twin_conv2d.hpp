// SPDX-License-Identifier: MIT
/// The convolution with two pixels in a word against the portable one, on a board with the instructions of `Isa`: geometries at
/// and around the edges of the block (four pixels), of chunks and of the unrolled loop, strides, borders, runs of rows, and
/// weights up to the ends of their range, which need to be split. Small enough for a board with 16 KB.
#pragma once
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace twin_test {

using namespace inlay;
using kernel_test::random;

inline constexpr int most_channels = 6;
inline constexpr int most_taps = 144;
inline constexpr int most_elements = 700;

inline std::int8_t filter[most_channels * most_taps];
inline std::int32_t bias[most_channels];
inline fixed_point factors[most_channels];
inline std::int8_t packed[most_channels * (most_taps + 7)];
inline twin::extra_tap extras[most_channels * most_taps];
inline std::int8_t image[most_elements];
inline std::int8_t wanted[most_elements];
inline std::int8_t made[most_elements + 2];
inline std::uint32_t scratch[3 * most_taps + 60];

/// Weights of one kind for each case: any, extremes only, small ones.
inline void fill(conv2d_geometry const& g, filter_bank<int8_per_channel>& plain, int kind, bool relu, bool narrow) {
    int const taps = twin::taps_of(g);
    plain = {filter, bias, factors, random(-128, 127), {random(-128, 127), -128, 127}};
    if (relu) plain.output = {-128, -128, 127};
    if (narrow) plain.output.lowest = random(-128, plain.output.zero_point), plain.output.highest = random(plain.output.lowest, 127);
    int const reach = random(1, 60);
    for (int o = 0; o < g.out.c(); ++o) {
        for (int i = 0; i < taps; ++i) {
            filter[o * taps + i] = static_cast<std::int8_t>(kind == 0 ? random(-128, 127) : kind == 1 ? (random(0, 1) ? 127 : -128) : random(-reach, reach));
        }
        bias[o] = random(0, 9) == 0 ? random(-2000000, 2000000) : random(-20000, 20000);
        // Shifts with which the results spread over the range, and some far outside.
        int const shift = random(0, 7) == 0 ? -random(1, 31) : -random(4, 10);
        factors[o] = {random(0, 9) == 0 ? 1 << 30 : random(1 << 30, 2147483647), shift};
    }
    for (auto& each : image) each = static_cast<std::int8_t>(kind == 1 && random(0, 1) ? (random(0, 1) ? 127 : -128) : random(-128, 127));
}

template <class Bank>
using convolution = void (*)(conv2d_geometry const&, rows, row_view<std::int8_t>, row_view<std::int8_t const>, Bank const&, std::uint32_t*);

/// Only the unrolling and its rest are compiled in: many chunks get the same code as a few more than are unrolled.
template <class Isa, policy Policy, int Chunk, class Bank, int Chunks = 1>
convolution<Bank> unrolled(bool pointwise, int chunks) {
    constexpr int step = twin::chunks_unrolled<Isa>(Policy, Chunk);
    if (chunks > 2 * step) chunks = step + (chunks - 1) % step + 1;
    if constexpr (Chunks < 2 * step) {
        if (chunks != Chunks) return unrolled<Isa, Policy, Chunk, Bank, Chunks + 1>(pointwise, chunks);
    }
    return pointwise ? twin::convolve<Isa, Policy, Chunk, Chunks, true, Bank> : twin::convolve<Isa, Policy, Chunk, Chunks, false, Bank>;
}

template <class Isa, int Chunk>
void compare(conv2d_geometry const& g, filter_bank<int8_per_channel> const& plain, policy optimise) {
    twin::tap_layout const layout{twin::taps_of(g), Chunk};
    if (!twin::filter_fits<Isa>(g.out.c(), layout.taps, plain)) return;
    static twin::channel<Isa> channels[most_channels];
    twin::pack<Isa>(g.out.c(), layout, plain, packed, channels, extras);
    row_view<std::int8_t const> const in{image, g.in.w() * g.in.c()};
    int const size = g.out.size();
    convolve(isa::portable{}, g, g.all_rows(), {wanted, g.out.w() * g.out.c()}, in, plain);
    auto const check = [&](char const* what) {
        kernel_test::equal(what, made + 1, wanted, size, g.in.h(), g.in.w(), g.in.c(), g.filter.h(), g.filter.w(), g.out.c(), g.stride_h, g.pad_left, Chunk);
    };
    kernel_test::with_finishing(plain.output, [&]<class Finishing>() {
        using bank_type = twin::bank<int8_per_channel, Isa, Chunk, Finishing>;
        bank_type const bank{packed, channels, extras, layout, plain.input_zero_point, int8_range_kept{plain.output}};
        for (auto& each : made) each = 99;
        convolve(isa::portable{}, g, g.all_rows(), {made + 1, g.out.w() * g.out.c()}, in, bank);
        check("portable kernel, packed weights");
        for (auto& each : made) each = 99;
        for (auto& each : scratch) each = 0x7fff8000;
        int const whole = g.all_rows().count;
        int const cut = random(0, 2) == 0 ? random(0, whole) : 0;
        for (auto const part : {rows{0, cut}, rows{cut, whole - cut}}) {
            if (part.count == 0) continue;
            auto const choose = optimise == policy::speed ? unrolled<Isa, policy::speed, Chunk, bank_type> : unrolled<Isa, policy::size, Chunk, bank_type>;
            choose(twin::is_pointwise(g), layout.chunks())(g, part, {made + 1, g.out.w() * g.out.c()}, in, bank, scratch);
        }
        check("kernel");
        kernel_test::is("nothing written around the result", made[0] == 99 && made[size + 1] == 99);
    });
}

template <class Isa>
int convolutions(int cases, int promised) {
    for (int i = 0; i < cases; ++i) {
        int const shape_kind = i % 4;
        conv2d_options options;
        shape in, kernel;
        if (shape_kind == 0) {  // pointwise
            in = {random(1, 2), random(1, 3), random(1, 7), random(1, 40)};
            kernel = {random(1, most_channels), 1, 1, in.c()};
        } else {
            in = {1, random(1, 8), random(1, 8), random(1, 9)};
            kernel = {random(1, most_channels), random(1, 4), random(1, 4), in.c()};
            options.stride_h = random(1, 2);
            options.stride_w = random(1, 2);
            options.dilation_h = random(1, 2);
            options.padding = shape_kind == 1 ? padding::valid : padding::same;
        }
        auto const g = make_conv2d_geometry(in, kernel, options);
        if (g.out.h() < 1 || g.out.w() < 1 || g.out.size() > most_elements || g.in.size() > most_elements || twin::taps_of(g) > most_taps) continue;
        filter_bank<int8_per_channel> plain{};
        fill(g, plain, i % 7 == 0 ? 1 : i % 7 < 3 ? 0 : 2, i % 3 == 0, i % 5 == 0);
        auto const optimise = i % 2 == 0 ? policy::speed : policy::size;
        compare<Isa, 2>(g, plain, optimise);
        compare<Isa, 4>(g, plain, optimise);
        compare<Isa, 8>(g, plain, optimise);
    }
    return kernel_test::finish(promised);
}

}  // namespace twin_test
