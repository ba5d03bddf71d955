// SPDX-License-Identifier: MIT
//
// Tables of an int8 number's 256 results: a load of the index, one of the result, a store.
#pragma once

#include <inlay/kernels/unary_choice.hpp>

#include <cstdint>

namespace inlay::twin {

[[gnu::noinline]] inline void look_up(int count, std::int8_t* out, std::int8_t const* in, int8_table const& table) {
    auto const* const of_zero = table.result + 128;
    // One after the other, as compilers would gather four results to a word.
    for (; count >= 8; count -= 8, in += 8, out += 8) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) out[i] = of_zero[in[i]];
    }
    for (; count > 0; --count) *out++ = of_zero[*in++];
}

}  // namespace inlay::twin
