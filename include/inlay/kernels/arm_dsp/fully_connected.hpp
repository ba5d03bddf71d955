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

#include <cstddef>
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
    register unit_job* at asm("r0") = &job;
    register std::int8_t const* w asm("r1") = weights;
    asm volatile(
        ".syntax unified\n\t"
        "push {r7}\n\t"
        "mov r7, r0\n\t"
        "mov lr, r1\n\t"
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
        "ldrh r6, [r10], #2\n\t"
        "ldr r4, [lr], #4\n\t"
        "lsl r5, r12, r6\n\t"
        ".endif\n\t"
        "sub \\even, \\even, \\odd\n\t"
        "lsl \\odd, \\odd, #1\n\t"
        "asr \\even, \\even, #7\n\t"
        "inlay_finish \\even \\free\n\t"
        ".if %c[one] == 0\n\t"
        "lsr r6, r6, #8\n\t"
        "ldr r4, [lr], #4\n\t"
        "lsl r5, r12, r6\n\t"
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
        "ldr r12, [r7, #%c[inputs]]\n\t"
        "ldrd r1, r8, [lr, #8]\n\t"
        "ldrd r2, r9, [lr, #16]\n\t"
        "ldrd r0, r3, [lr], #24\n\t"
        ".if %c[unrolled] > 1\n\t"
        "ldr r10, [r7, #%c[skip]]\n\t"
        "add pc, r10\n\t"
        "nop\n\t"  // pc stands here
        ".endif\n"
        "1:\n\t"
        ".rept %c[unrolled]\n\t"
        "ldrd r10, r11, [r12], #8\n\t"
        "ldmia.w lr!, {r4, r5, r6}\n\t"
        "smlad r0, r10, r4, r0\n\t"
        "smlad r1, r10, r5, r1\n\t"
        "smlad r2, r10, r6, r2\n\t"
        "sxtb16 r4, r4\n\t"
        "sxtb16 r5, r5\n\t"
        "sxtb16 r6, r6\n\t"
        "smlad r3, r10, r4, r3\n\t"
        "smlad r8, r10, r5, r8\n\t"
        "smlad r9, r10, r6, r9\n\t"
        "ldmia.w lr!, {r4, r5, r6}\n\t"
        "smlad r0, r11, r4, r0\n\t"
        "smlad r1, r11, r5, r1\n\t"
        "smlad r2, r11, r6, r2\n\t"
        "sxtb16 r4, r4\n\t"
        "sxtb16 r5, r5\n\t"
        "sxtb16 r6, r6\n\t"
        "smlad r3, r11, r4, r3\n\t"
        "smlad r8, r11, r5, r8\n\t"
        "smlad r9, r11, r6, r9\n\t"
        ".endr\n\t"
        "ldr r10, [r7, #%c[end]]\n\t"
        "cmp r12, r10\n\t"
        "bne 1b\n\t"
        ".if %c[one]\n\t"
        "ldrd r4, r5, [r7, #%c[factor]]\n\t"
        "ldr r6, [r7, #%c[shift]]\n\t"
        ".else\n\t"
        "ldr r10, [r7, #%c[shifts]]\n\t"
        "ldr r12, [r7, #%c[nudge]]\n\t"
        ".endif\n\t"
        "inlay_finish_pair r0 r3 r11\n\t"
        "inlay_finish_pair r1 r8 r11\n\t"
        "inlay_finish_pair r2 r9 r11\n\t"
        ".if %c[one] == 0\n\t"
        "str r10, [r7, #%c[shifts]]\n\t"
        ".endif\n\t"
        ".if %c[full] == 0\n\t"
        "ldrd r4, r5, [r7, #%c[kept]]\n\t"
        "inlay_clamp r0\n\t"
        "inlay_clamp r3\n\t"
        "inlay_clamp r1\n\t"
        "inlay_clamp r8\n\t"
        "inlay_clamp r2\n\t"
        "inlay_clamp r9\n\t"
        ".endif\n\t"
        "ldr r11, [r7, #%c[to]]\n\t"
        "strb r0, [r11], #1\n\t"
        "strb r3, [r11], #1\n\t"
        "strb r1, [r11], #1\n\t"
        "strb r8, [r11], #1\n\t"
        "strb r2, [r11], #1\n\t"
        "strb r9, [r11], #1\n\t"
        "str r11, [r7, #%c[to]]\n\t"
        "ldr r4, [r7, #%c[last]]\n\t"
        "cmp lr, r4\n\t"
        "bne 3b\n\t"
        ".purgem inlay_finish\n\t"
        ".purgem inlay_finish_pair\n\t"
        ".purgem inlay_clamp\n\t"
        "pop {r7}"
        : "+r"(at), "+r"(w)
        : [shifts] "i"(offsetof(unit_job, shifts)), [to] "i"(offsetof(unit_job, to)), [inputs] "i"(offsetof(unit_job, inputs)),
          [end] "i"(offsetof(unit_job, inputs_end)), [skip] "i"(offsetof(unit_job, skip)), [last] "i"(offsetof(unit_job, weights_end)),
          [kept] "i"(offsetof(unit_job, kept)), [factor] "i"(offsetof(unit_job, factor)), [shift] "i"(offsetof(unit_job, shift)),
          [nudge] "i"(offsetof(unit_job, nudge)), [unrolled] "i"(Unrolled), [away] "i"(Range.away_from_zero), [full] "i"(Range.is_full),
          [one] "i"(OneFactor)
        : "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
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
