// SPDX-License-Identifier: MIT
//
// Fully connected on Helium: four units at a time, which are the lanes of their results.
//
//   per step   of 64 multiply-accumulates: 1 VLDRB of inputs, 4 of weights, 4 VMLADAV: 0.14 each, and the loop
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_mve/copy.hpp>
#include <inlay/kernels/arm_mve/fully_connected_choice.hpp>
#include <inlay/kernels/arm_mve/quad_blocks.hpp>
#include <inlay/kernels/arm_mve/requantise.hpp>

#include <cstdint>

namespace inlay::mve {

/// The sums of four units. The loop makes `rounds` times two steps, behind `First` straight ones.
template <int First, bool Loops>
inline int32x4_t add_inputs(std::int8_t const*& weights, std::int8_t const* inputs, int rounds) {
    int32x4_t sums;
    std::int32_t a, b, c, d;
    asm(".macro inlay_step multiply\n\t"
        "vldrb.8 q0, [%[x]], #16\n\t"
        "vldrb.8 q1, [%[w]], #16\n\t"
        "\\multiply %[a], q0, q1\n\t"
        "vldrb.8 q1, [%[w]], #16\n\t"
        "\\multiply %[b], q0, q1\n\t"
        "vldrb.8 q1, [%[w]], #16\n\t"
        "\\multiply %[c], q0, q1\n\t"
        "vldrb.8 q1, [%[w]], #16\n\t"
        "\\multiply %[d], q0, q1\n\t"
        ".endm\n\t"
        "inlay_step vmladav.s8\n\t"
        ".rept %c[first] - 1\n\t"
        "inlay_step vmladava.s8\n\t"
        ".endr\n\t"
        ".if %c[loops]\n\t"
        "dls lr, %[n]\n"
        "1:\n\t"
        "inlay_step vmladava.s8\n\t"
        "inlay_step vmladava.s8\n\t"
        "le lr, 1b\n\t"
        ".endif\n\t"
        ".purgem inlay_step\n\t"
        "vmov %q[sums][2], %q[sums][0], %[a], %[c]\n\t"
        "vmov %q[sums][3], %q[sums][1], %[b], %[d]"
        : [a] "=&Te"(a), [b] "=&Te"(b), [c] "=&Te"(c), [d] "=&Te"(d), [w] "+&r"(weights), [x] "+&r"(inputs), [sums] "=w"(sums)
        : [n] "r"(rounds), [first] "i"(First), [loops] "i"(Loops)
        : "lr", "q0", "q1", "memory");
    return sums;
}

/// The sums of four units with one vector of inputs, which stays in its register.
[[gnu::always_inline]] inline int32x4_t add_vector(std::int8_t const*& weights, int8x16_t inputs) {
    int32x4_t sums;
    std::int32_t a, b, c, d;
    asm("vldrb.8 q1, [%[w]], #16\n\t"
        "vmladav.s8 %[a], %q[x], q1\n\t"
        "vldrb.8 q1, [%[w]], #16\n\t"
        "vmladav.s8 %[b], %q[x], q1\n\t"
        "vldrb.8 q1, [%[w]], #16\n\t"
        "vmladav.s8 %[c], %q[x], q1\n\t"
        "vldrb.8 q1, [%[w]], #16\n\t"
        "vmladav.s8 %[d], %q[x], q1\n\t"
        "vmov %q[sums][2], %q[sums][0], %[a], %[c]\n\t"
        "vmov %q[sums][3], %q[sums][1], %[b], %[d]"
        : [a] "=&Te"(a), [b] "=&Te"(b), [c] "=&Te"(c), [d] "=&Te"(d), [w] "+&r"(weights), [sums] "=&w"(sums)
        : [x] "w"(inputs)
        : "q1", "memory");
    return sums;
}

/// Layers whose inputs are one vector. Always inlined, as with a constant geometry and bank nothing else is left.
template <bool AwayFromZero, class Bank>
[[gnu::always_inline]] inline void connect_vector(fully_connected_geometry const& g, std::int8_t* out, std::int8_t const* in, Bank const& bank) {
    int const zero_point = bank.zero_point;
    auto const lowest = vdupq_n_s32(bank.kept.lowest);
    auto const highest = vdupq_n_s32(bank.kept.highest);
    for (int batch = 0; batch < g.batches; ++batch, in += g.in) {
        auto const inputs = g.in == 16 ? vldrbq_s8(in) : vldrbq_z_s8(in, vctp8q(static_cast<std::uint32_t>(g.in)));
        auto const* weights = bank.filter;
        auto const* by = bank.channels;
        auto const next = [&] {
            auto const sums = add_vector(weights, inputs);
            return requantise_lanes<AwayFromZero>(sums, vldrwq_s32(by->start), vldrwq_s32(by->multiplier), vldrwq_s32(by->shift), zero_point, lowest, highest);
        };
        for (int blocks = g.out / block_units; blocks > 0; --blocks, ++by, out += block_units) vstrbq_s32(out, next());
        if (int const rest = g.out % block_units; rest > 0) {
            vstrbq_p_s32(out, next(), vctp32q(static_cast<std::uint32_t>(rest)));
            out += rest;
        }
    }
}

/// `Steps`: any number with the same step_plan as the bank's.
template <int Steps, bool AwayFromZero, class Bank>
[[gnu::noinline]] void connect_units(fully_connected_geometry const& g, std::int8_t* out, std::int8_t const* in, Bank const& bank, std::int8_t* scratch) {
    if constexpr (Steps == 1) return connect_vector<AwayFromZero>(g, out, in, bank);
    constexpr step_plan plan{Steps};
    int const rounds = (bank.layout().steps() - plan.first) / 2;
    int const zero_point = bank.zero_point;
    auto const lowest = vdupq_n_s32(bank.kept.lowest);
    auto const highest = vdupq_n_s32(bank.kept.highest);
    for (int batch = 0; batch < g.batches; ++batch, in += g.in) {
        auto const* inputs = in;
        if (g.in % 16 != 0) {
            copy(scratch, in, g.in);
            inputs = scratch;
        }
        auto const* weights = bank.filter;
        auto const* by = bank.channels;
        for (int rest = g.out; rest > 0; rest -= block_units, ++by) {
            auto const sums = add_inputs<plan.first, plan.loops>(weights, inputs, rounds);
            auto const results = requantise_lanes<AwayFromZero>(sums, vldrwq_s32(by->start), vldrwq_s32(by->multiplier), vldrwq_s32(by->shift), zero_point,
                                                                lowest, highest);
            vstrbq_p_s32(out, results, vctp32q(static_cast<std::uint32_t>(rest)));
            out += rest < block_units ? rest : block_units;
        }
    }
}

}  // namespace inlay::mve

namespace inlay {

/// Fully connected with a filter in vectors.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, class... Scratch>
    requires(mve::makes_units(Geometry))
inline void connect(isa::arm_mve, constant<Geometry, Policy>, std::int8_t* out, std::int8_t const* in,
                    mve::lane_bank<Scheme, mve::block_units> const& bank, Scratch... scratch) {
    static_assert((0 + ... + Scratch::tensor::size) >= mve::unit_connection(Geometry).scratch_words);
    constexpr int steps = mve::lane_layout{Geometry.in, mve::block_units}.steps();
    constexpr int code = steps <= 4 ? steps : 6 - steps % 2;  // any larger number of steps runs the code of 5 or 6
    std::int8_t* copies = nullptr;
    if constexpr (sizeof...(Scratch) > 0) ((copies = reinterpret_cast<std::int8_t*>(scratch.data())), ...);
    if constexpr (Policy == policy::speed && steps == 1) {
        bank.kept.away_from_zero ? mve::connect_vector<true>(Geometry, out, in, bank) : mve::connect_vector<false>(Geometry, out, in, bank);
    } else if (bank.kept.away_from_zero) {
        mve::connect_units<code, true>(Geometry, out, in, bank, copies);
    } else {
        mve::connect_units<code, false>(Geometry, out, in, bank, copies);
    }
}

}  // namespace inlay
