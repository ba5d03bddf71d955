// SPDX-License-Identifier: MIT
//
// Fully connected on the DSP extension: the input is widened to 16 bits once, then six units at a time are made.
//
//   tile       6 units, as three pairs (pair_filter.hpp): 6 sums, 3 words of weights, 2 of inputs, 2 pointers: 13 registers
//   per step   of 24 multiply-accumulates: 1 LDRD, 2 LDM, 12 SMLAD, 6 SXTB16, 21 instructions: 0.88 each
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/fully_connected_choice.hpp>
#include <inlay/kernels/arm_dsp/pair_blocks.hpp>
#include <inlay/kernels/arm_dsp/widen.hpp>

#include <cstdint>

namespace inlay::dsp {

/// Adds all taps of three pairs of units. `skip`: bytes of the loop's code that its first round leaves out; a step has 84.
template <int Unrolled>
inline std::int8_t const* add_inputs(std::int32_t (&both)[3], std::int32_t (&odd)[3], std::int8_t const* weights, std::uint32_t const* inputs,
                                     std::uint32_t const* end, int skip) {
    std::int32_t t0 = both[0], t1 = both[1], t2 = both[2], u0 = odd[0], u1 = odd[1], u2 = odd[2], x0, x1;
    asm volatile(
        ".syntax unified\n\t"
        ".if %c[unrolled] > 1\n\t"
        "ldr %[x0], %[skip]\n\t"
        "add pc, %[x0]\n\t"
        "nop\n\t"  // pc stands here
        ".endif\n"
        "1:\n\t"
        ".rept %c[unrolled]\n\t"
        "ldrd %[x0], %[x1], [%[x]], #8\n\t"
        "ldmia.w %[w]!, {r4, r5, r6}\n\t"
        "smlad %[t0], %[x0], r4, %[t0]\n\t"
        "smlad %[t1], %[x0], r5, %[t1]\n\t"
        "smlad %[t2], %[x0], r6, %[t2]\n\t"
        "sxtb16 r4, r4\n\t"
        "sxtb16 r5, r5\n\t"
        "sxtb16 r6, r6\n\t"
        "smlad %[u0], %[x0], r4, %[u0]\n\t"
        "smlad %[u1], %[x0], r5, %[u1]\n\t"
        "smlad %[u2], %[x0], r6, %[u2]\n\t"
        "ldmia.w %[w]!, {r4, r5, r6}\n\t"
        "smlad %[t0], %[x1], r4, %[t0]\n\t"
        "smlad %[t1], %[x1], r5, %[t1]\n\t"
        "smlad %[t2], %[x1], r6, %[t2]\n\t"
        "sxtb16 r4, r4\n\t"
        "sxtb16 r5, r5\n\t"
        "sxtb16 r6, r6\n\t"
        "smlad %[u0], %[x1], r4, %[u0]\n\t"
        "smlad %[u1], %[x1], r5, %[u1]\n\t"
        "smlad %[u2], %[x1], r6, %[u2]\n\t"
        ".endr\n\t"
        "ldr %[x0], %[end]\n\t"
        "cmp %[x], %[x0]\n\t"
        "bne 1b"
        : [t0] "+&r"(t0), [t1] "+&r"(t1), [t2] "+&r"(t2), [u0] "+&r"(u0), [u1] "+&r"(u1), [u2] "+&r"(u2), [x0] "=&r"(x0), [x1] "=&r"(x1),
          [w] "+&r"(weights), [x] "+&r"(inputs)
        : [end] "m"(end), [skip] "m"(skip), [unrolled] "i"(Unrolled)
        : "r4", "r5", "r6", "cc", "memory");
    both[0] = t0;
    both[1] = t1;
    both[2] = t2;
    odd[0] = u0;
    odd[1] = u1;
    odd[2] = u2;
    return weights;
}

template <int Unrolled, class Bank>
[[gnu::noinline]] void make_units(int units, Bank const& bank, std::uint32_t const* inputs, std::uint32_t const* inputs_end, std::int8_t* out) {
    constexpr int step_bytes = 21 * 4;
    int const first = bank.layout.steps() % Unrolled;  // steps of the loop's first round, or 0 for all
    int const skip = first == 0 ? 0 : (Unrolled - first) * step_bytes;
    auto const* weights = bank.filter;
    auto const* pair = bank.pairs;
    int const lowest = bank.kept.lowest;
    int const highest = bank.kept.highest;
    for (int rest = units; rest > 0; rest -= block_units, pair += 3) {
        std::int32_t both[3] = {pair[0].both_start, pair[1].both_start, pair[2].both_start};
        std::int32_t odd[3] = {pair[0].odd_start, pair[1].odd_start, pair[2].odd_start};
        weights = add_inputs<Unrolled>(both, odd, weights, inputs, inputs_end, skip);
        std::int8_t made[block_units];
#pragma GCC unroll 3
        for (int p = 0; p < 3; ++p) {
            auto const& by = pair[p];
            made[2 * p] = finish<Bank::range>((both[p] - odd[p]) >> 7, by.even.multiplier, by.even.offset, by.even_shift, lowest, highest);
            made[2 * p + 1] = finish<Bank::range>(odd[p] * 2, by.odd.multiplier, by.odd.offset, by.odd_shift, lowest, highest);
        }
        int const count = rest < block_units ? rest : block_units;
        for (int i = 0; i < count; ++i) *out++ = made[i];
    }
}

template <policy Policy, class Bank>
inline void connect_units(fully_connected_geometry const& g, std::int8_t* out, std::int8_t const* in, Bank const& bank, std::uint32_t* scratch) {
    auto const* const end = scratch + bank.layout.steps() * 2;
    for (int batch = 0; batch < g.batches; ++batch, in += g.in, out += g.out) {
        widen<1>(in, g.in, scratch);
        make_units<steps_unrolled(Policy)>(g.out, bank, scratch, end, out);
    }
}

}  // namespace inlay::dsp

namespace inlay {

/// Fully connected with a filter for the DSP kernel.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, class Scratch>
    requires(dsp::makes_units(Geometry))
inline void connect(isa::arm_dsp, constant<Geometry, Policy>, std::int8_t* out, std::int8_t const* in,
                    dsp::pair_bank<Scheme, Range, dsp::unit_layout> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::unit_connection(Geometry).scratch_words);
    dsp::connect_units<Policy>(Geometry, out, in, bank, scratch.data());
}

}  // namespace inlay
