// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/requantise.hpp>
#include <inlay/kernels/twin/planes.hpp>

#include <cstdint>

namespace inlay::twin {

/// Depthwise convolution on Armv7-M.
template <>
struct plane_kernel<isa::armv7m> {
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
};

}  // namespace inlay::twin
