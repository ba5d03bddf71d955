// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/armv7m/sum_kernel.hpp>

#include <cstdint>

namespace inlay::twin {

/// Four elements at a time, SSAT shifts and saturates; where one of them is in doubt, or not all of int8 is kept, as on Armv7-M.
template <>
struct sum_kernel<isa::arm_dsp> {
    static int add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int at, quick_sum const& quick, int8_output const& kept) {
        auto const factor_a = quick.factor_a;
        auto const factor_b = quick.factor_b;
        auto const constant = quick.constant;
        auto const doubt = quick.doubt;
        auto const is_in_doubt = [&](std::int32_t sum) { return quick_sum::fraction(sum) < doubt; };
        auto const result = [](std::int32_t sum) { return static_cast<std::int8_t>(dsp::ssat8_shifted<quick_sum::bits>(sum)); };
        int const end = kept.lowest == -128 && kept.highest == 127 ? -3 : at;
        for (; at < end; at += 4) {
            auto const words_a = dsp::load_word(a + at);
            auto const words_b = dsp::load_word(b + at);
            auto const sum = [&]<int Byte> {
                return dsp::sxtab<Byte>(0, words_a) * factor_a + (dsp::sxtab<Byte>(0, words_b) * factor_b + constant);
            };
            auto const first = sum.template operator()<0>();
            auto const second = sum.template operator()<1>();
            auto const third = sum.template operator()<2>();
            auto const fourth = sum.template operator()<3>();
            if (is_in_doubt(first) || is_in_doubt(second) || is_in_doubt(third) || is_in_doubt(fourth)) break;
            out[at] = result(first);
            out[at + 1] = result(second);
            out[at + 2] = result(third);
            out[at + 3] = result(fourth);
        }
        return sum_kernel<isa::armv7m>::add(out, a, b, at, quick, kept);
    }
};

}  // namespace inlay::twin
