// SPDX-License-Identifier: MIT
//
// Sums of int8 tensors in one product per operand. With ra and rb the operands' scales over that of the result,
//
//     q = (a * ra + b * rb + c) * 2^20
//
// is near what the reference rounds to the nearest integer, whose own roundings move it a little. The floor of q is the result
// unless q lies that near to a multiple of 2^20, which is rare: then the reference's arithmetic is asked.
#pragma once

#include <inlay/kernels/elementwise.hpp>

#include <cstdint>

namespace inlay {

struct quick_sum {
    static constexpr int bits = 20;

    std::int32_t factor_a;
    std::int32_t factor_b;
    std::int32_t constant;
    /// A sum is in doubt whose lower bits, shifted up to the upper end of a word, are less; 0: these scales are not for this.
    std::uint32_t doubt;

    constexpr bool is_possible() const { return doubt != 0; }

    constexpr std::int32_t operator()(std::int8_t a, std::int8_t b) const { return a * factor_a + b * factor_b + constant; }
    static constexpr std::uint32_t fraction(std::int32_t sum) { return static_cast<std::uint32_t>(sum) << (32 - bits); }

    /// Always inlined, as scales are constants: a compiler then computes it.
    [[gnu::always_inline]] static constexpr quick_sum of(int8_sum const& by) {
        // Doubled products and shifts to the right: each rounds twice, by at most 1 together, or 1/2 and that of the last shift.
        int const last_shift = -by.rescale.shift;
        if (by.factor_a.shift > 0 || by.factor_b.shift > 0 || last_shift < 8 || last_shift > 31) return {};
        std::int64_t const moved = last_shift > bits ? 3 : (std::int64_t{5} << (bits - last_shift)) / 2 + 1;
        std::int64_t const error = moved + 256 + 1;  // both factors by 1/2, for numbers up to 255
        if (error > 1 << 14) return {};
        std::int64_t const a = product(by.factor_a, by.rescale);
        std::int64_t const b = by.subtract ? -product(by.factor_b, by.rescale) : product(by.factor_b, by.rescale);
        std::int64_t const most = 256 * (a + (b < 0 ? -b : b)) + (std::int64_t{130} << bits);
        if (most >= std::int64_t{1} << 31) return {};
        std::int64_t const constant = (std::int64_t{2} * by.output.zero_point + 1) * (1 << (bits - 1)) - a * by.zero_point_a - b * by.zero_point_b;
        return {static_cast<std::int32_t>(a), static_cast<std::int32_t>(b), static_cast<std::int32_t>(constant + error),
                static_cast<std::uint32_t>(2 * error) << (32 - bits)};
    }

private:
    /// The product of two factors with the headroom, times 2^bits.
    [[gnu::always_inline]] static constexpr std::int64_t product(fixed_point factor, fixed_point rescale) {
        int const shift = 62 - int8_sum::headroom - bits - factor.shift - rescale.shift;
        if (shift > 62) return 0;
        return (std::int64_t{factor.multiplier} * rescale.multiplier + (std::int64_t{1} << (shift - 1))) >> shift;
    }
};

}  // namespace inlay
