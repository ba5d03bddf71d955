// SPDX-License-Identifier: MIT
//
// The inner part of the DSP convolutions: all output channels of three pixels, from inputs that were widened to 16 bits.
//
//   tile       3 pixels x 2 channels: 6 sums, 3 words of inputs, 2 of weights, 2 pointers: 13 registers
//   inputs     for each word of two taps the words of the three pixels side by side, so that one LDM with write-back loads
//              them and no other pointer moves
//   per step   of 24 multiply-accumulates: 1 LDRD, 2 LDM, 12 SMLAD, 2 SXTB16, 17 instructions: 0.71 each
//
// Fewer than three pixels are computed as three, and the surplus results are stored first, at the address of the last one
// that counts. An odd channel at the end is computed as two, the same way.
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>

#include <cstdint>

namespace inlay::dsp {

/// The sums of an even and of both channels (see pair_filter.hpp) for three pixels.
struct block_sums {
    std::int32_t both[block_pixels];
    std::int32_t odd[block_pixels];
};

/// Steps in the loop of `add_taps`, by policy.
constexpr int steps_unrolled(policy optimise) { return optimise == policy::speed ? 8 : optimise == policy::balanced ? 4 : 1; }

/// Adds all taps. The first step stands alone, as it takes the starts of the sums; of the loop's `Unrolled` steps the
/// first round makes the last `First`, or all if `First` is 0.
///
/// One statement, because no compiler keeps to a plan that takes every register. The end of the inputs stays in memory: with
/// it in a register there were none left for a frame pointer.
template <int Unrolled, int First>
inline std::int8_t const* add_taps(block_sums& sums, std::int32_t both_start, std::int32_t odd_start, std::int8_t const* weights,
                                   std::uint32_t const* inputs, std::uint32_t const* const& inputs_end) {
    std::int32_t both0, both1, both2 = both_start, odd0, odd1, odd2 = odd_start, w0, w1;
    asm volatile(
        ".syntax unified\n\t"
        "ldrd %[w0], %[w1], [%[w]], #8\n\t"
        "ldmia.w %[x]!, {r4, r5, r6}\n\t"
        "smlad %[t0], r4, %[w0], %[t2]\n\t"
        "smlad %[t1], r5, %[w0], %[t2]\n\t"
        "smlad %[t2], r6, %[w0], %[t2]\n\t"
        "sxtb16 %[w0], %[w0]\n\t"
        "smlad %[u0], r4, %[w0], %[u2]\n\t"
        "smlad %[u1], r5, %[w0], %[u2]\n\t"
        "smlad %[u2], r6, %[w0], %[u2]\n\t"
        "ldmia.w %[x]!, {r4, r5, r6}\n\t"
        "smlad %[t0], r4, %[w1], %[t0]\n\t"
        "smlad %[t1], r5, %[w1], %[t1]\n\t"
        "smlad %[t2], r6, %[w1], %[t2]\n\t"
        "sxtb16 %[w1], %[w1]\n\t"
        "smlad %[u0], r4, %[w1], %[u0]\n\t"
        "smlad %[u1], r5, %[w1], %[u1]\n\t"
        "smlad %[u2], r6, %[w1], %[u2]\n\t"
        ".if %c[first]\n\t"
        "b 2f\n\t"
        ".endif\n"
        "1:\n\t"
        ".set inlay_step, 0\n\t"
        ".rept %c[unrolled]\n\t"
        ".if inlay_step == %c[unrolled] - %c[first]\n"
        "2:\n\t"
        ".endif\n\t"
        ".set inlay_step, inlay_step + 1\n\t"
        "ldrd %[w0], %[w1], [%[w]], #8\n\t"
        "ldmia.w %[x]!, {r4, r5, r6}\n\t"
        "smlad %[t0], r4, %[w0], %[t0]\n\t"
        "smlad %[t1], r5, %[w0], %[t1]\n\t"
        "smlad %[t2], r6, %[w0], %[t2]\n\t"
        "sxtb16 %[w0], %[w0]\n\t"
        "smlad %[u0], r4, %[w0], %[u0]\n\t"
        "smlad %[u1], r5, %[w0], %[u1]\n\t"
        "smlad %[u2], r6, %[w0], %[u2]\n\t"
        "ldmia.w %[x]!, {r4, r5, r6}\n\t"
        "smlad %[t0], r4, %[w1], %[t0]\n\t"
        "smlad %[t1], r5, %[w1], %[t1]\n\t"
        "smlad %[t2], r6, %[w1], %[t2]\n\t"
        "sxtb16 %[w1], %[w1]\n\t"
        "smlad %[u0], r4, %[w1], %[u0]\n\t"
        "smlad %[u1], r5, %[w1], %[u1]\n\t"
        "smlad %[u2], r6, %[w1], %[u2]\n\t"
        ".endr\n\t"
        "ldr %[w0], %[end]\n\t"
        "cmp %[x], %[w0]\n\t"
        "bne 1b"
        : [t0] "=&r"(both0), [t1] "=&r"(both1), [t2] "+&r"(both2), [u0] "=&r"(odd0), [u1] "=&r"(odd1), [u2] "+&r"(odd2),
          [w0] "=&r"(w0), [w1] "=&r"(w1), [w] "+&r"(weights), [x] "+&r"(inputs)
        : [end] "m"(inputs_end), [unrolled] "i"(Unrolled), [first] "i"(First)
        : "r4", "r5", "r6", "cc", "memory");
    sums = {{both0, both1, both2}, {odd0, odd1, odd2}};
    return weights;
}

/// A result from a doubled sum.
template <bool AwayFromZero>
inline std::int32_t finish(std::int32_t doubled, std::int32_t multiplier, std::int32_t offset, int shift) {
    if constexpr (AwayFromZero) offset += doubled >> 31;
    return smmlar(doubled, multiplier, offset) >> shift;
}

/// How results end: whether the rounding of negative numbers shows, and whether the range is all of int8.
template <bool AwayFromZero, bool FullRange>
struct finishing {
    static std::int8_t apply(std::int32_t doubled, std::int32_t multiplier, std::int32_t offset, int shift, int lowest, int highest) {
        std::int32_t const result = finish<AwayFromZero>(doubled, multiplier, offset, shift);
        if constexpr (FullRange) return static_cast<std::int8_t>(ssat8(result));
        return static_cast<std::int8_t>(result < lowest ? lowest : result > highest ? highest : result);
    }
};

/// What stays the same from block to block.
struct block_plan {
    std::int8_t const* filter;
    channel_pair const* pairs;
    int channels;
    int lowest;
    int highest;
};

/// All channels of a block of `pixels` pixels; `inputs` to `inputs_end` are the widened taps.
template <class Finishing, int Unrolled, int First>
[[gnu::noinline]] void make_block(block_plan const& plan, std::uint32_t const* inputs, std::uint32_t const* inputs_end, std::int8_t* out,
                                  int pixels) {
    auto const* weights = plan.filter;
    auto const* pair = plan.pairs;
    int const channels = plan.channels;
    int const lowest = plan.lowest;
    int const highest = plan.highest;
    int const second = pixels > 1 ? channels : 0;
    int const third = pixels > 2 ? second + channels : second;
    for (int o = 0; o < channels; o += 2, ++pair) {
        block_sums sums;
        weights = add_taps<Unrolled, First>(sums, pair->both_start, pair->odd_start, weights, inputs, inputs_end);
        auto* result = out + o;
        {
            auto const [multiplier, offset] = pair->odd;
            int const shift = pair->odd_shift;
            auto* to = result + (o + 1 < channels ? 1 : 0);
            auto const a = Finishing::apply(sums.odd[2] * 2, multiplier, offset, shift, lowest, highest);
            auto const b = Finishing::apply(sums.odd[1] * 2, multiplier, offset, shift, lowest, highest);
            auto const c = Finishing::apply(sums.odd[0] * 2, multiplier, offset, shift, lowest, highest);
            to[third] = a;
            to[second] = b;
            to[0] = c;
        }
        auto const [multiplier, offset] = pair->even;
        int const shift = pair->even_shift;
        auto const a = Finishing::apply((sums.both[2] - sums.odd[2]) >> 7, multiplier, offset, shift, lowest, highest);
        auto const b = Finishing::apply((sums.both[1] - sums.odd[1]) >> 7, multiplier, offset, shift, lowest, highest);
        auto const c = Finishing::apply((sums.both[0] - sums.odd[0]) >> 7, multiplier, offset, shift, lowest, highest);
        result[third] = a;
        result[second] = b;
        result[0] = c;
    }
}

}  // namespace inlay::dsp
