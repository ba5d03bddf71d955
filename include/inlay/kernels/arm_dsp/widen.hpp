// SPDX-License-Identifier: MIT
//
// Bytes to words of two 16-bit inputs, in the order of pair_layout: as four bytes unpack, (0, 2) and (1, 3).
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>

#include <cstdint>

namespace inlay::dsp {

/// The last taps of a run, where they are no whole word. Weights of missing taps are zeros, whatever stands here. No byte
/// behind the run is read.
template <int Step>
inline std::uint32_t* widen_rest(std::int8_t const* from, int taps, std::uint32_t* to) {
    if (taps == 0) return to;
    to[0] = static_cast<std::uint32_t>(from[0]);
    if (taps == 1) return to + Step;
    if (taps == 3) to[0] = pkhbt(static_cast<std::uint32_t>(from[0]), static_cast<std::uint32_t>(from[2]));
    to[Step] = static_cast<std::uint32_t>(from[1]);
    return to + 2 * Step;
}

/// Widens a run of bytes to words, each `Step` words from the one before.
template <policy Policy, int Step>
inline std::uint32_t* widen(std::int8_t const* from, int taps, std::uint32_t* to) {
    auto const one_word = [&] {
        auto const word = load_word(from);
        to[0] = sxtb16(word);
        to[Step] = sxtb16_ror8(word);
        from += 4;
        to += 2 * Step;
    };
    if constexpr (Policy != policy::size) {
        auto const* const end_of_fours = from + (taps & ~15);
        while (from != end_of_fours) {
            one_word();
            one_word();
            one_word();
            one_word();
        }
        taps &= 15;
    }
    auto const* const end = from + (taps & ~3);
    while (from != end) one_word();
    return widen_rest<Step>(from, taps & 3, to);
}

/// The same of a few bytes, without a loop.
template <int Step, int Taps>
inline void widen_constant(std::int8_t const* from, std::uint32_t* to) {
#pragma GCC unroll 16
    for (int tap = 0; tap + 4 <= Taps; tap += 4, to += 2 * Step) {
        auto const word = load_word(from + tap);
        to[0] = sxtb16(word);
        to[Step] = sxtb16_ror8(word);
    }
    widen_rest<Step>(from + Taps / 4 * 4, Taps % 4, to);
}

/// Widens a row of the windows of three pixels that are one column apart and three columns wide: five columns, of which the
/// middle one is read once and stored three times. The words of the three pixels stand side by side.
inline void widen_columns(std::int8_t const* from, int channels, std::uint32_t* to) {
    int const column = channels / 4 * 6;  // words
    auto* to1 = to + column;
    auto* to2 = to1 + column;
    auto const* from2 = from + 2 * channels;
    for (auto const* const end = from + channels; from != end; from += 4, from2 += 4, to += 6, to1 += 6, to2 += 6) {
        auto word = load_word(from);
        to[0] = sxtb16(word);
        to[3] = sxtb16_ror8(word);
        word = load_word(from + channels);
        auto even = sxtb16(word);
        auto odd = sxtb16_ror8(word);
        to1[0] = even;
        to[1] = even;
        to1[3] = odd;
        to[4] = odd;
        word = load_word(from2);
        even = sxtb16(word);
        odd = sxtb16_ror8(word);
        to2[0] = even;
        to1[1] = even;
        to[2] = even;
        to2[3] = odd;
        to1[4] = odd;
        to[5] = odd;
        word = load_word(from2 + channels);
        even = sxtb16(word);
        odd = sxtb16_ror8(word);
        to2[1] = even;
        to1[2] = even;
        to2[4] = odd;
        to1[5] = odd;
        word = load_word(from2 + 2 * channels);
        to2[2] = sxtb16(word);
        to2[5] = sxtb16_ror8(word);
    }
}

/// Copies bytes between buffers that do not overlap. The compiler would call memcpy, which is slow for so few.
inline void copy_bytes(std::int8_t* to, std::int8_t const* from, int count) {
    for (auto const* const end = from + (count & ~3); from != end; from += 4, to += 4) store_word(to, opaque(load_word(from)));
    for (int rest = count & 3; rest > 0; --rest) *to++ = static_cast<std::int8_t>(opaque(static_cast<std::uint32_t>(*from++)));
}

inline void fill_bytes(std::int8_t* to, int value, int count) {
    for (; count > 0; --count) *to++ = static_cast<std::int8_t>(opaque(static_cast<std::uint32_t>(value)));
}

/// Sets every `Step`th of a run of words.
template <int Step>
inline void fill_words(std::uint32_t* to, std::uint32_t value, int count) {
    for (auto* const end = to + count; to != end; to += Step) *to = opaque(value);
}

}  // namespace inlay::dsp
