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

/// What is known of a layer before it runs. Every step of the loop is 84 bytes of code.
struct unit_plan {
    int input_words;
    int skip;         ///< bytes of the loop's code that its first round leaves out
    int block_bytes;  ///< of weights
    int whole_bytes;  ///< of all whole blocks
    int whole_units;
    int rest;         ///< units behind the last whole block
};

constexpr unit_plan make_unit_plan(unit_layout const& layout, int units, int unrolled) {
    int const first = layout.steps() % unrolled;  // steps of the loop's first round, or 0 for all
    int const whole = units / block_units;
    return {layout.steps() * 2, first == 0 ? 0 : (unrolled - first) * 21 * 4, layout.block_bytes(), whole * layout.block_bytes(), whole * block_units, units % block_units};
}

/// What blocks of units need beside registers.
struct unit_job {
    std::uint32_t const* inputs;
    std::uint32_t const* inputs_end;
    std::int8_t const* weights_end;
    channel_pair const* pair;
    int skip;  ///< bytes of the loop's code that its first round leaves out
    struct {
        int lowest;
        int highest;
    } kept;
    std::int8_t* to;
};

/// Makes blocks of units; of the last one, the units that count.
template <int Unrolled, class Bank>
[[gnu::noinline]] void make_units(unit_plan const& plan, Bank const& bank, std::uint32_t const* inputs, std::int8_t* out) {
    std::int8_t last[8];
    auto const* weights = bank.filter;
    unit_job job;
    job.inputs = inputs;
    job.inputs_end = inputs + plan.input_words;
    job.weights_end = weights + plan.whole_bytes;
    job.pair = bank.pairs;
    job.skip = plan.skip;
    if constexpr (!Bank::range.is_full) job.kept = {bank.kept.lowest, bank.kept.highest};
    job.to = out;
    if (plan.whole_bytes == 0) {
        job.to = last;
        job.weights_end += plan.block_bytes;
    }
    for (;;) {
        std::int32_t t0, t1, t2, u0, u1, u2;
        std::uint32_t w0, w1, x;
        asm volatile(
            ".syntax unified\n\t"
            ".macro inlay_finish sum free\n\t"
            ".if %c[away]\n\t"
            "add \\free, r5, \\sum, asr #31\n\t"
            "smmlar \\sum, \\sum, r4, \\free\n\t"
            ".else\n\t"
            "smmlar \\sum, \\sum, r4, r5\n\t"
            ".endif\n\t"
            "asr \\sum, \\sum, r6\n\t"
            ".if %c[full]\n\t"
            "ssat \\sum, #8, \\sum\n\t"
            ".endif\n\t"
            ".endm\n\t"
            ".macro inlay_finish_pair even odd at free\n\t"
            "sub \\even, \\even, \\odd\n\t"
            "ldrd r4, r5, [%[w0], #\\at + 8]\n\t"
            "ldr r6, [%[w0], #\\at + 16]\n\t"
            "lsl \\odd, \\odd, #1\n\t"
            "asr \\even, \\even, #7\n\t"
            "inlay_finish \\odd \\free\n\t"
            "lsr r6, r6, #16\n\t"
            "ldrd r4, r5, [%[w0], #\\at + 20]\n\t"
            "inlay_finish \\even \\free\n\t"
            ".endm\n\t"
            ".macro inlay_clamp sum\n\t"
            "cmp \\sum, r4\n\t"
            "it lt\n\t"
            "movlt \\sum, r4\n\t"
            "cmp \\sum, r5\n\t"
            "it gt\n\t"
            "movgt \\sum, r5\n\t"
            ".endm\n"
            "3:\n\t"
            "ldr %[w0], %[pair]\n\t"
            "ldr %[x], %[inputs]\n\t"
            "ldrd %[t0], %[u0], [%[w0]]\n\t"
            "ldrd %[t1], %[u1], [%[w0], #28]\n\t"
            "ldrd %[t2], %[u2], [%[w0], #56]\n\t"
            ".if %c[unrolled] > 1\n\t"
            "ldr %[w0], %[skip]\n\t"
            "add pc, %[w0]\n\t"
            "nop\n\t"  // pc stands here
            ".endif\n"
            "1:\n\t"
            ".rept %c[unrolled]\n\t"
            "ldrd %[w0], %[w1], [%[x]], #8\n\t"
            "ldmia.w %[w]!, {r4, r5, r6}\n\t"
            "smlad %[t0], %[w0], r4, %[t0]\n\t"
            "smlad %[t1], %[w0], r5, %[t1]\n\t"
            "smlad %[t2], %[w0], r6, %[t2]\n\t"
            "sxtb16 r4, r4\n\t"
            "sxtb16 r5, r5\n\t"
            "sxtb16 r6, r6\n\t"
            "smlad %[u0], %[w0], r4, %[u0]\n\t"
            "smlad %[u1], %[w0], r5, %[u1]\n\t"
            "smlad %[u2], %[w0], r6, %[u2]\n\t"
            "ldmia.w %[w]!, {r4, r5, r6}\n\t"
            "smlad %[t0], %[w1], r4, %[t0]\n\t"
            "smlad %[t1], %[w1], r5, %[t1]\n\t"
            "smlad %[t2], %[w1], r6, %[t2]\n\t"
            "sxtb16 r4, r4\n\t"
            "sxtb16 r5, r5\n\t"
            "sxtb16 r6, r6\n\t"
            "smlad %[u0], %[w1], r4, %[u0]\n\t"
            "smlad %[u1], %[w1], r5, %[u1]\n\t"
            "smlad %[u2], %[w1], r6, %[u2]\n\t"
            ".endr\n\t"
            "ldr %[w0], %[end]\n\t"
            "cmp %[x], %[w0]\n\t"
            "bne 1b\n\t"
            "ldr %[w0], %[pair]\n\t"
            "inlay_finish_pair %[t0] %[u0] 0 %[w1]\n\t"
            "inlay_finish_pair %[t1] %[u1] 28 %[w1]\n\t"
            "inlay_finish_pair %[t2] %[u2] 56 %[w1]\n\t"
            "add %[w0], %[w0], #84\n\t"
            "str %[w0], %[pair]\n\t"
            ".if %c[full] == 0\n\t"
            "ldrd r4, r5, %[kept]\n\t"
            "inlay_clamp %[t0]\n\t"
            "inlay_clamp %[u0]\n\t"
            "inlay_clamp %[t1]\n\t"
            "inlay_clamp %[u1]\n\t"
            "inlay_clamp %[t2]\n\t"
            "inlay_clamp %[u2]\n\t"
            ".endif\n\t"
            "ldr %[w1], %[to]\n\t"
            "strb %[t0], [%[w1]], #1\n\t"
            "strb %[u0], [%[w1]], #1\n\t"
            "strb %[t1], [%[w1]], #1\n\t"
            "strb %[u1], [%[w1]], #1\n\t"
            "strb %[t2], [%[w1]], #1\n\t"
            "strb %[u2], [%[w1]], #1\n\t"
            "str %[w1], %[to]\n\t"
            "ldr r4, %[last]\n\t"
            "cmp %[w], r4\n\t"
            "bne 3b\n\t"
            ".purgem inlay_finish\n\t"
            ".purgem inlay_finish_pair\n\t"
            ".purgem inlay_clamp"
            : [t0] "=&r"(t0), [t1] "=&r"(t1), [t2] "=&r"(t2), [u0] "=&r"(u0), [u1] "=&r"(u1), [u2] "=&r"(u2), [w0] "=&r"(w0), [w1] "=&r"(w1),
              [x] "=&r"(x), [w] "+&r"(weights), [pair] "+m"(job.pair), [to] "+m"(job.to)
            : [inputs] "m"(job.inputs), [end] "m"(job.inputs_end), [skip] "m"(job.skip), [last] "m"(job.weights_end), [kept] "m"(job.kept),
              [unrolled] "i"(Unrolled), [away] "i"(Bank::range.away_from_zero), [full] "i"(Bank::range.is_full)
            : "r4", "r5", "r6", "cc", "memory");
        if (plan.rest == 0) return;
        if (job.to == last + block_units) return copy_bytes(out + plan.whole_units, last, plan.rest);
        job.to = last;
        job.weights_end += plan.block_bytes;
    }
}

/// `Taps`: inputs, if they are few; 0: the geometry says it.
template <policy Policy, int Taps, class Bank>
inline void connect_units(fully_connected_geometry const& g, unit_plan const& plan, std::int8_t* out, std::int8_t const* in, Bank const& bank,
                          std::uint32_t* scratch) {
    for (int batch = 0; batch < g.batches; ++batch, in += g.in, out += g.out) {
        if constexpr (Taps > 0) {
            widen_constant<1, Taps>(in, scratch);
        } else {
            widen<1>(in, g.in, scratch);
        }
        make_units<steps_unrolled(Policy)>(plan, bank, scratch, out);
    }
}

/// Inputs that are widened without a loop.
constexpr int constant_taps(fully_connected_geometry const& g, policy optimise) { return optimise == policy::speed && g.in <= 16 ? g.in : 0; }

template <auto Geometry, policy Policy>
inline constexpr unit_plan plan_of = make_unit_plan(unit_layout{Geometry.in}, Geometry.out, steps_unrolled(Policy));

}  // namespace inlay::dsp

namespace inlay {

/// Fully connected with a filter for the DSP kernel.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, class Scratch>
    requires(dsp::makes_units(Geometry))
inline void connect(isa::arm_dsp, constant<Geometry, Policy>, std::int8_t* out, std::int8_t const* in,
                    dsp::pair_bank<Scheme, Range, dsp::unit_layout> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::unit_connection(Geometry).scratch_words);
    dsp::connect_units<Policy, dsp::constant_taps(Geometry, Policy)>(Geometry, dsp::plan_of<Geometry, Policy>, out, in, bank, scratch.data());
}

}  // namespace inlay
