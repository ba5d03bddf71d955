// SPDX-License-Identifier: MIT
//
// Runs of elements on Armv7-M, whose loads and stores of words take any address.
#pragma once

#include <inlay/kernels/copy.hpp>

#include <cstdint>

namespace inlay::armv7m {

/// A word at any address.
inline std::uint32_t load_word(unsigned char const* from) {
    std::uint32_t word;
    __builtin_memcpy(&word, from, sizeof word);
    return word;
}
inline void store_word(unsigned char* to, std::uint32_t word) { __builtin_memcpy(to, &word, sizeof word); }

[[gnu::noinline]] inline void copy_bytes(unsigned char* to, unsigned char const* from, int count) {
    for (; count >= 16; count -= 16, to += 16, from += 16) {
        auto const first = load_word(from);
        auto const second = load_word(from + 4);
        auto const third = load_word(from + 8);
        auto const fourth = load_word(from + 12);
        store_word(to, first);
        store_word(to + 4, second);
        store_word(to + 8, third);
        store_word(to + 12, fourth);
    }
    for (; count >= 4; count -= 4, to += 4, from += 4) store_word(to, load_word(from));
    for (; count > 0; --count) *to++ = *from++;
}

[[gnu::noinline]] inline void fill_bytes(unsigned char* to, int count, unsigned char value) {
    std::uint32_t const word = value * 0x01010101U;
    for (; count >= 4; count -= 4, to += 4) store_word(to, word);
    for (; count > 0; --count) *to++ = value;
}

}  // namespace inlay::armv7m

namespace inlay {

/// Copies a run of elements to where it does not overlap itself.
template <class T>
inline void copy_elements(isa::armv7m, T* to, T const* from, int count) {
    armv7m::copy_bytes(reinterpret_cast<unsigned char*>(to), reinterpret_cast<unsigned char const*>(from), count * static_cast<int>(sizeof(T)));
}

/// Sets a run of bytes.
template <class T>
    requires(sizeof(T) == 1)
inline void fill_elements(isa::armv7m, T* to, int count, T value) {
    armv7m::fill_bytes(reinterpret_cast<unsigned char*>(to), count, static_cast<unsigned char>(value));
}

}  // namespace inlay
