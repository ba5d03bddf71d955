// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/arm_dsp/intrinsics.hpp>

#include <cstdint>

namespace inlay::dsp {

/// Widens a run of bytes to words of two, each `Step` words from the one before, in the order of pair_layout.
template <int Step>
inline std::uint32_t* widen(std::int8_t const* from, int taps, std::uint32_t* to) {
    auto const* const end = from + (taps & ~3);
#pragma GCC unroll 4
    for (; from != end; from += 4, to += 2 * Step) {
        auto const word = load_word(from);
        to[0] = sxtb16(word);
        to[Step] = sxtb16_ror8(word);
    }
    if ((taps & 3) == 0) return to;
    // Weights of missing taps are zeros, whatever stands here. No byte behind the run is read.
    to[0] = static_cast<std::uint32_t>(from[0]);
    if ((taps & 3) == 1) return to + Step;
    if ((taps & 3) == 3) to[0] = pkhbt(to[0], static_cast<std::uint32_t>(from[2]));
    to[Step] = static_cast<std::uint32_t>(from[1]);
    return to + 2 * Step;
}

}  // namespace inlay::dsp
