// SPDX-License-Identifier: MIT
//
// Fully connected on the DSP extension: the input is widened to 16 bits once, then six units at a time are made, and what is left
// of them two at a time.
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
    int skip;          ///< bytes of the loop's code that its first round leaves out
    int whole_bytes;   ///< of all whole blocks
    int factors_at;    ///< see unit_layout: the shifts, or the one factor
    int whole_units;
    int rest;          ///< units behind the last whole block
};

constexpr unit_plan make_unit_plan(unit_layout const& layout, int unrolled) {
    int const first = layout.steps() % unrolled;  // steps of the loop's first round, or 0 for all
    int const whole = layout.whole_units();
    return {layout.steps() * 2, first == 0 ? 0 : (unrolled - first) * 21 * 4, whole / 2 * layout.pair_bytes(), layout.pairs() * layout.pair_bytes(), whole,
            layout.channels - whole};
}

/// What blocks of units need beside registers.
struct unit_job {
    std::uint32_t const* inputs;
    std::uint32_t const* inputs_end;
    std::int8_t const* weights_end;
    std::int8_t const* shifts;
    int nudge;
    struct {
        std::int32_t multiplier;
        std::int32_t offset;
    } factor;  ///< where all units have one
    int shift;
    int skip;  ///< bytes of the loop's code that its first round leaves out
    struct {
        int lowest;
        int highest;
    } kept;
    std::int8_t* to;
};

/// Makes units two at a time.
template <range_kind Range, bool OneFactor>
[[gnu::noinline]] void make_unit_pairs(packed_table const& table, unit_plan const& plan, std::uint32_t const* inputs, std::int8_t* out) {
    auto const* const factors = table.bytes + plan.factors_at;
    auto const* weights = table.bytes + plan.whole_bytes;
    auto const* shifts = factors + plan.whole_units;
    int const words = plan.input_words;
    int const lowest = table.lowest;
    int const highest = table.highest;
    auto const nudge = static_cast<std::uint32_t>(table.nudge());
    auto multiplier = OneFactor ? static_cast<std::int32_t>(load_word(factors)) : 0;
    int shift = OneFactor ? factors[4] : 0;
    auto const finish = [&](std::int32_t doubled) {
        auto offset = static_cast<std::int32_t>(nudge << shift);
        if constexpr (Range.away_from_zero) offset += doubled >> 31;
        std::int32_t const result = smmlar(doubled, multiplier, offset) >> shift >> 1;
        if constexpr (Range.is_full) return static_cast<std::int8_t>(ssat8(result));
        return static_cast<std::int8_t>(result < lowest ? lowest : result > highest ? highest : result);
    };
    out += plan.whole_units;
    for (int rest = plan.rest;; rest -= 2) {
        auto both = static_cast<std::int32_t>(load_word(weights));
        auto odd = static_cast<std::int32_t>(load_word(weights + 4));
        weights += 8;
        auto const* x = inputs;
        for (auto const* const end = x + words; x != end; x += 2, weights += 8) {
            auto const first = load_word(weights);
            auto const second = load_word(weights + 4);
            both = smlad(x[0], first, both);
            odd = smlad(x[0], sxtb16(first), odd);
            both = smlad(x[1], second, both);
            odd = smlad(x[1], sxtb16(second), odd);
        }
        if constexpr (!OneFactor) {
            multiplier = static_cast<std::int32_t>(load_word(weights));
            shift = *shifts++;
        }
        *out++ = finish((both - odd) >> 7);
        if (rest == 1) return;
        if constexpr (!OneFactor) {
            multiplier = static_cast<std::int32_t>(load_word(weights + 4));
            shift = *shifts++;
            weights += 8;
        }
        *out++ = finish(odd * 2);
        if (rest == 2) return;
    }
}

/// Makes whole blocks of units. `OneFactor`: for all units.
template <range_kind Range, bool OneFactor, int Unrolled>
[[gnu::noinline]] void make_units(packed_table const& table, unit_plan const& plan, std::uint32_t const* inputs, std::int8_t* out) {
    auto const* weights = table.bytes;
    auto const* const factors = weights + plan.factors_at;
    unit_job job{};
    job.inputs = inputs;
    job.inputs_end = inputs + plan.input_words;
    job.weights_end = weights + plan.whole_bytes;
    if constexpr (OneFactor) {
        job.shift = factors[4];
        job.factor.multiplier = static_cast<std::int32_t>(load_word(factors));
        job.factor.offset = static_cast<std::int32_t>(static_cast<std::uint32_t>(table.nudge()) << job.shift);
    } else {
        job.shifts = factors;
        job.nudge = table.nudge();
    }
    job.skip = plan.skip;
    if constexpr (!Range.is_full) job.kept = {table.lowest, table.highest};
    job.to = out;
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
        "ssat \\sum, #8, \\sum, asr #1\n\t"
        ".else\n\t"
        "asr \\sum, \\sum, #1\n\t"
        ".endif\n\t"
        ".endm\n\t"
        ".macro inlay_finish_pair even odd free\n\t"
        ".if %c[one] == 0\n\t"
        "ldrh r6, [%[w0]], #2\n\t"
        "ldr r4, [%[w]], #4\n\t"
        "lsl r5, %[x], r6\n\t"
        ".endif\n\t"
        "sub \\even, \\even, \\odd\n\t"
        "lsl \\odd, \\odd, #1\n\t"
        "asr \\even, \\even, #7\n\t"
        "inlay_finish \\even \\free\n\t"
        ".if %c[one] == 0\n\t"
        "lsr r6, r6, #8\n\t"
        "ldr r4, [%[w]], #4\n\t"
        "lsl r5, %[x], r6\n\t"
        ".endif\n\t"
        "inlay_finish \\odd \\free\n\t"
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
        "ldr %[x], %[inputs]\n\t"
        "ldrd %[t1], %[u1], [%[w], #8]\n\t"
        "ldrd %[t2], %[u2], [%[w], #16]\n\t"
        "ldrd %[t0], %[u0], [%[w]], #24\n\t"
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
        ".if %c[one]\n\t"
        "ldrd r4, r5, %[factor]\n\t"
        "ldr r6, %[shift]\n\t"
        ".else\n\t"
        "ldr %[w0], %[shifts]\n\t"
        "ldr %[x], %[nudge]\n\t"
        ".endif\n\t"
        "inlay_finish_pair %[t0] %[u0] %[w1]\n\t"
        "inlay_finish_pair %[t1] %[u1] %[w1]\n\t"
        "inlay_finish_pair %[t2] %[u2] %[w1]\n\t"
        ".if %c[one] == 0\n\t"
        "str %[w0], %[shifts]\n\t"
        ".endif\n\t"
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
          [x] "=&r"(x), [w] "+&r"(weights), [shifts] "+m"(job.shifts), [to] "+m"(job.to)
        : [inputs] "m"(job.inputs), [end] "m"(job.inputs_end), [skip] "m"(job.skip), [last] "m"(job.weights_end), [kept] "m"(job.kept),
          [factor] "m"(job.factor), [shift] "m"(job.shift), [nudge] "m"(job.nudge), [unrolled] "i"(Unrolled), [away] "i"(Range.away_from_zero),
          [full] "i"(Range.is_full), [one] "i"(OneFactor)
        : "r4", "r5", "r6", "cc", "memory");
}

/// `Taps`: inputs, if they are few; 0: the geometry says it.
template <policy Policy, int Taps, range_kind Range, bool OneFactor>
inline void connect_units(fully_connected_geometry const& g, unit_plan const& plan, packed_table const& table, std::int8_t* out, std::int8_t const* in,
                          std::uint32_t* scratch) {
    for (int batch = 0; batch < g.batches; ++batch, in += g.in, out += g.out) {
        if constexpr (Taps > 0) {
            widen_constant<1, Taps>(in, scratch);
        } else {
            widen<Policy, 1>(in, g.in, scratch);
        }
        if (plan.whole_units > 0) make_units<Range, OneFactor, steps_unrolled(Policy)>(table, plan, scratch, out);
        if (plan.rest > 0) make_unit_pairs<Range, OneFactor>(table, plan, scratch, out);
    }
}

/// Inputs that are widened without a loop.
constexpr int constant_taps(fully_connected_geometry const& g, policy optimise) { return optimise == policy::speed && g.in <= 16 ? g.in : 0; }

template <unit_layout Layout, policy Policy>
inline constexpr unit_plan plan_of = make_unit_plan(Layout, steps_unrolled(Policy));

}  // namespace inlay::dsp

namespace inlay {

/// Fully connected with a filter for the DSP kernel.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, dsp::unit_layout Layout, class Scratch>
    requires(dsp::makes_units(Geometry))
inline void connect(isa::arm_dsp, constant<Geometry, Policy>, std::int8_t* out, std::int8_t const* in,
                    dsp::pair_bank<Scheme, Range, constant<Layout>> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= dsp::unit_connection(Geometry).scratch_words);
    dsp::connect_units<Policy, dsp::constant_taps(Geometry, Policy), Range, Layout.one_factor>(Geometry, dsp::plan_of<Layout, Policy>, bank, out, in,
                                                                                               scratch.data());
}

}  // namespace inlay
