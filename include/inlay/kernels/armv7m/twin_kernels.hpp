// SPDX-License-Identifier: MIT
//
// The inner part of the convolutions on Armv7-M: one channel of four pixels.
//
//   tile       4 pixels x 1 channel: 4 sums, 2 sums of a chunk, which take the registers of its first inputs, 3 words of inputs,
//              1 weight, the constant 32768, 2 pointers: 13 registers
//   per chunk  of 4 taps, 16 multiply-accumulates: 2 LDM, 4 LDRSB, 8 MLA, 4 ADD, 18 instructions: 1.13 each; of 8 taps 1.03
#pragma once

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/armv7m/intrinsics.hpp>
#include <inlay/kernels/twin/blocks.hpp>
#include <inlay/kernels/twin/planes.hpp>
#include <inlay/kernels/twin/units.hpp>

#include <cstdint>

namespace inlay::twin {

template <>
struct kernels<isa::armv7m> {
    static constexpr int taps_at_speed = 32;
    static constexpr int most_unrolled = 8;
    static constexpr int most_unrolled_units = 8;

    /// Of the loop's `Step` chunks the first round makes the last `First`, or all if `First` is 0.
    ///
    /// One statement, because no compiler keeps to a plan that takes every register. The end of the inputs stays in memory:
    /// with it in a register there were none left for a frame pointer.
    template <int Chunk, int Step, int First>
    static std::int8_t const* add_taps(block_sums& sums, std::int8_t const* weights, std::uint32_t const* inputs, std::uint32_t const* const& inputs_end) {
        std::int32_t both0 = sums.both[0], both1 = sums.both[1], upper0 = sums.upper[0], upper1 = sums.upper[1], w;
        asm volatile(
            ".syntax unified\n\t"
            ".if %c[first]\n\t"
            "b 2f\n\t"
            ".endif\n"
            "1:\n\t"
            ".set inlay_chunk, 0\n\t"
            ".rept %c[step]\n\t"
            ".if %c[first] && inlay_chunk == %c[step] - %c[first]\n"
            "2:\n\t"
            ".endif\n\t"
            ".set inlay_chunk, inlay_chunk + 1\n\t"
            ".if %c[chunk] == 2\n\t"
            "ldmia.w %[x]!, {r4, r5, r6, r8}\n\t"
            ".else\n\t"
            "ldmia.w %[x]!, {r4, r5, r6, r8, r9}\n\t"
            ".endif\n\t"
            "ldrsb %[v], [%[w]], #1\n\t"
            "mla r4, r4, %[v], %[c]\n\t"
            "mla r5, r5, %[v], %[c]\n\t"
            "ldrsb %[v], [%[w]], #1\n\t"
            "mla r4, r6, %[v], r4\n\t"
            "mla r5, r8, %[v], r5\n\t"
            ".if %c[chunk] > 2\n\t"
            "ldrsb %[v], [%[w]], #1\n\t"
            "mla r4, r9, %[v], r4\n\t"
            "ldmia.w %[x]!, {r6, r8, r9}\n\t"
            "mla r5, r6, %[v], r5\n\t"
            "ldrsb %[v], [%[w]], #1\n\t"
            "mla r4, r8, %[v], r4\n\t"
            "mla r5, r9, %[v], r5\n\t"
            ".endif\n\t"
            ".if %c[chunk] > 4\n\t"
            "ldmia.w %[x]!, {r6, r8, r9}\n\t"
            "ldrsb %[v], [%[w]], #1\n\t"
            "mla r4, r6, %[v], r4\n\t"
            "mla r5, r8, %[v], r5\n\t"
            "ldrsb %[v], [%[w]], #1\n\t"
            "mla r4, r9, %[v], r4\n\t"
            "ldmia.w %[x]!, {r6, r8, r9}\n\t"
            "mla r5, r6, %[v], r5\n\t"
            "ldrsb %[v], [%[w]], #1\n\t"
            "mla r4, r8, %[v], r4\n\t"
            "mla r5, r9, %[v], r5\n\t"
            "ldmia.w %[x]!, {r6, r8}\n\t"
            "ldrsb %[v], [%[w]], #1\n\t"
            "mla r4, r6, %[v], r4\n\t"
            "mla r5, r8, %[v], r5\n\t"
            ".endif\n\t"
            "add %[both0], %[both0], r4\n\t"
            "add %[upper0], %[upper0], r4, asr #16\n\t"
            "add %[both1], %[both1], r5\n\t"
            "add %[upper1], %[upper1], r5, asr #16\n\t"
            ".endr\n\t"
            "ldr %[v], %[end]\n\t"
            "cmp %[x], %[v]\n\t"
            "bne 1b"
            : [both0] "+&r"(both0), [both1] "+&r"(both1), [upper0] "+&r"(upper0), [upper1] "+&r"(upper1), [v] "=&r"(w), [w] "+&r"(weights),
              [x] "+&r"(inputs)
            : [c] "r"(32768), [end] "m"(inputs_end), [chunk] "i"(Chunk), [step] "i"(Step), [first] "i"(First)
            : "r4", "r5", "r6", "r8", "r9", "cc", "memory");
        sums = {{both0, both1}, {upper0, upper1}};
        return weights;
    }

    /// Taps that were split off their chunks; `inputs` are the words of a block.
    static void add_extras(block_sums& sums, extra_tap const* extra, extra_tap const* end, std::uint32_t const* inputs) {
        auto both0 = static_cast<std::uint32_t>(sums.both[0]);
        auto both1 = static_cast<std::uint32_t>(sums.both[1]);
        std::int32_t upper0 = sums.upper[0];
        std::int32_t upper1 = sums.upper[1];
        for (; extra != end; ++extra) {
            auto const* const words = inputs + extra->word;
            auto const weight = static_cast<std::uint32_t>(extra->weight);
            auto const first = words[0] * weight;
            auto const second = words[1] * weight;
            both0 += first;
            both1 += second;
            upper0 += static_cast<std::int32_t>(first + 32768) >> 16;
            upper1 += static_cast<std::int32_t>(second + 32768) >> 16;
        }
        sums = {{static_cast<std::int32_t>(both0), static_cast<std::int32_t>(both1)}, {upper0, upper1}};
    }

    template <class Finishing>
    static void finish_block(channel<isa::armv7m> const& by, block_sums const& sums, int lowest, int highest, std::int8_t* out,
                             block_offsets const& to) {
        store_block(requantiser<Finishing>{by, lowest, highest}, sums, out, to);
    }

    /// Adds the first column of a window to the sums of two pixels.
    static void add_column(std::int32_t& both, std::int32_t& upper, std::uint32_t const* x, std::int32_t const* w) { add_columns<1>(both, upper, x, w); }

    /// Adds a window of nine words: 21 instructions for 18 multiply-accumulates.
    static void add_window(std::int32_t& both, std::int32_t& upper, std::uint32_t const* x, std::int32_t const* w) { add_columns<3>(both, upper, x, w); }

    template <int Columns>
    static void add_columns(std::int32_t& both, std::int32_t& upper, std::uint32_t const* x, std::int32_t const* w) {
        std::int32_t both_sum = both, upper_sum = upper;
        asm volatile(
            ".syntax unified\n\t"
            ".rept %c[columns]\n\t"
            "ldmia.w %[x]!, {r4, r5, r6}\n\t"
            "ldmia.w %[w]!, {r8, r9, r10}\n\t"
            "mla r4, r4, r8, %[c]\n\t"
            "mla r4, r5, r9, r4\n\t"
            "mla r4, r6, r10, r4\n\t"
            "add %[both], %[both], r4\n\t"
            "add %[upper], %[upper], r4, asr #16\n\t"
            ".endr"
            : [both] "+&r"(both_sum), [upper] "+&r"(upper_sum), [x] "+&r"(x), [w] "+&r"(w)
            : [c] "r"(32768), [columns] "i"(Columns)
            : "r4", "r5", "r6", "r8", "r9", "r10", "memory");
        both = both_sum;
        upper = upper_sum;
    }

    template <int Stride>
    static void write_columns(std::int8_t const* const* rows, int channel, int channels, int count, std::uint32_t* to) {
        twin::write_columns<Stride>(rows, channel, channels, count, to);
    }

    /// Two rows of results of one channel.
    template <class Finishing, int Stride, int Extras>
    static void make_row_pair(plane_row<isa::armv7m> const& row, channel<isa::armv7m> const& by, std::uint32_t const* columns, std::int8_t* upper,
                              std::int8_t* lower, int const (&apart)[3]) {
        twin::make_row_pair<isa::armv7m, Finishing, Stride, Extras>(row, by, columns, upper, lower, apart);
    }

    /// Adds all inputs to the sums of four units. Per chunk of 8 taps, 32 multiply-accumulates: 50 instructions.
    ///   registers  4 sums, 2 of the chunk, 2 words of weights, 1 input, 1 pair, the mask, 2 pointers: 13
    template <int Chunk, int Step, int First>
    static std::int8_t const* add_inputs(unit_sums& sums, std::int8_t const* weights, std::uint32_t const* inputs, std::uint32_t const* const& inputs_end) {
        std::int32_t both0 = sums.both[0], both1 = sums.both[1], upper0 = sums.upper[0], upper1 = sums.upper[1];
        asm volatile(
            ".syntax unified\n\t"
            ".if %c[first]\n\t"
            "b 2f\n\t"
            ".endif\n"
            "1:\n\t"
            ".set inlay_chunk, 0\n\t"
            ".rept %c[step]\n\t"
            ".if %c[first] && inlay_chunk == %c[step] - %c[first]\n"
            "2:\n\t"
            ".endif\n\t"
            ".set inlay_chunk, inlay_chunk + 1\n\t"
            "ldr r4, [%[x]], #4\n\t"
            "mov r5, r4\n\t"
            ".rept %c[chunk] / 2\n\t"
            "ldmia.w %[w]!, {r6, r8}\n\t"
            "ldr r9, [%[x]], #4\n\t"
            "and r10, %[mask], r6\n\t"
            "and r6, %[mask], r6, lsr #8\n\t"
            "mla r4, r9, r10, r4\n\t"
            "mla r5, r9, r6, r5\n\t"
            "ldr r9, [%[x]], #4\n\t"
            "and r10, %[mask], r8\n\t"
            "and r8, %[mask], r8, lsr #8\n\t"
            "mla r4, r9, r10, r4\n\t"
            "mla r5, r9, r8, r5\n\t"
            ".endr\n\t"
            "add %[both0], %[both0], r4\n\t"
            "add %[upper0], %[upper0], r4, asr #16\n\t"
            "add %[both1], %[both1], r5\n\t"
            "add %[upper1], %[upper1], r5, asr #16\n\t"
            ".endr\n\t"
            "ldr r4, %[end]\n\t"
            "cmp %[x], r4\n\t"
            "bne 1b"
            : [both0] "+&r"(both0), [both1] "+&r"(both1), [upper0] "+&r"(upper0), [upper1] "+&r"(upper1), [w] "+&r"(weights), [x] "+&r"(inputs)
            : [mask] "r"(0x00ff00ff), [end] "m"(inputs_end), [chunk] "i"(Chunk), [step] "i"(Step), [first] "i"(First)
            : "r4", "r5", "r6", "r8", "r9", "r10", "cc", "memory");
        sums = {{both0, both1}, {upper0, upper1}};
        return weights;
    }

    /// a * m / 2^32, rounded half up.
    struct factor {
        std::int32_t multiplier;

        std::int32_t operator()(std::int32_t a) const { return armv7m::smlal(a, multiplier, 0, 0x80000000U); }
    };

    template <class Finishing>
    struct requantiser {
        std::int32_t multiplier;
        std::int32_t half_offset;
        int shift;
        int lowest;
        int highest;

        requantiser(channel<isa::armv7m> const& by, int lowest, int highest)
            : multiplier{by.multiplier}, half_offset{by.half_offset}, shift{by.shift}, lowest{lowest}, highest{highest} {}

        std::int8_t operator()(std::int32_t sum) const {
            std::uint32_t lower = 1U << 30;
            std::int32_t upper = half_offset;
            if constexpr (Finishing::away_from_zero) {  // a number less than 0 takes off 2^31
                lower += static_cast<std::uint32_t>(sum) & 0x80000000U;
                upper += sum >> 31;
            }
            std::int32_t const result = armv7m::smlal(sum, multiplier, upper, lower) >> shift;
            if constexpr (Finishing::full_range) return static_cast<std::int8_t>(armv7m::ssat8(result));
            return static_cast<std::int8_t>(result < lowest ? lowest : result > highest ? highest : result);
        }
    };
};

}  // namespace inlay::twin
