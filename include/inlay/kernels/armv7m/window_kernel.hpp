// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/twin/window.hpp>

#include <cstdint>

namespace inlay::twin {

template <>
struct window_kernel<isa::armv7m> {
    /// Writes the words of taps of two pixels.
    static std::uint32_t* write_taps(std::int8_t const* first, std::int8_t const* second, int count, std::uint32_t* to) {
        auto const pair = [](std::int8_t x, std::int8_t y) { return static_cast<std::uint32_t>(x) + (static_cast<std::uint32_t>(y) << 16); };
        for (; count >= 4; count -= 4, first += 4, second += 4, to += 8) {
#pragma GCC unroll 4
            for (int i = 0; i < 4; ++i) to[2 * i] = pair(first[i], second[i]);
        }
        for (; count > 0; --count, to += 2) *to = pair(*first++, *second++);
        return to;
    }
};

}  // namespace inlay::twin
