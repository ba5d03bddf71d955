// SPDX-License-Identifier: MIT
//
// Addition of int8 tensors of one shape, element by element. The reference's rounding of negative numbers, half away from zero,
// takes one off where the number is negative: its sign is added, as in int8_sums.hpp the product has the sign of its operand.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/int8_sums.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <cstdint>

namespace inlay::twin {

/// What is added: `halved` with the factor of a half, `scaled` with any other or a half as well.
template <class Isa, bool BothHalf>
[[gnu::noinline]] void add_elements(std::int8_t* out, std::int8_t const* halved, std::int8_t const* scaled, int count, int zero_halved, int zero_scaled,
                                    fixed_point factor, fixed_point rescale, int8_output const& to) {
    using factor_type = twin::factor<Isa>;
    constexpr int bits = int8_sum::headroom;
    int const shift = -factor.shift;
    int const round = BothHalf ? 0 : 1 << (shift - 1);
    factor_type const by{factor.multiplier};
    int const last_shift = -rescale.shift;
    int const offset = (1 << (last_shift - 1)) + to.zero_point * (1 << last_shift);
    factor_type const last{rescale.multiplier};
    int const lowest = to.lowest;
    int const highest = to.highest;
    for (auto const* const end = halved + count; halved != end;) {
        std::int32_t const h = *halved++ - zero_halved;
        std::int32_t const s = *scaled++ - zero_scaled;
        std::int32_t sum = 0;
        if constexpr (BothHalf) {
            sum = (h + s) * (1 << (bits - 1));
        } else {
            sum = h * (1 << (bits - 1)) + ((by(s * (1 << (bits + 1))) + round + (s >> 31)) >> shift);
        }
        std::int32_t const result = (last(sum * 2) + offset + (sum >> 31)) >> last_shift;
        *out++ = static_cast<std::int8_t>(result < lowest ? lowest : result > highest ? highest : result);
    }
}

template <class Isa>
inline void add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int count, int8_sum const& by) {
    bool const first = is_half(by.factor_a);
    auto const run = [&](auto add) {
        if (first) return add(out, a, b, count, by.zero_point_a, by.zero_point_b, by.factor_b, by.rescale, by.output);
        add(out, b, a, count, by.zero_point_b, by.zero_point_a, by.factor_a, by.rescale, by.output);
    };
    is_half(by.factor_a) && is_half(by.factor_b) ? run(add_elements<Isa, true>) : run(add_elements<Isa, false>);
}

}  // namespace inlay::twin
