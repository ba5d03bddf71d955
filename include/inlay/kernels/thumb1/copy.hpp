// SPDX-License-Identifier: MIT
//
// Runs of elements on Armv6-M, whose words are aligned: bytes up to the first word, if both runs have the same way to it.
#pragma once

#include <inlay/kernels/copy.hpp>

#include <cstdint>

namespace inlay::thumb1 {

/// Bytes from an address to the next word.
inline int bytes_to_word(void const* address) { return static_cast<int>(-reinterpret_cast<std::uintptr_t>(address) & 3); }

inline std::uint32_t load_aligned(unsigned char const* from) {
    std::uint32_t word;
    __builtin_memcpy(&word, __builtin_assume_aligned(from, 4), sizeof word);
    return word;
}
inline void store_aligned(unsigned char* to, std::uint32_t word) { __builtin_memcpy(__builtin_assume_aligned(to, 4), &word, sizeof word); }

[[gnu::noinline]] inline void copy_bytes(unsigned char* to, unsigned char const* from, int count) {
    if (bytes_to_word(to) == bytes_to_word(from)) {
        for (; count > 0 && bytes_to_word(to) != 0; --count) *to++ = *from++;
        for (; count >= 16; count -= 16, to += 16, from += 16) {
            auto const first = load_aligned(from);
            auto const second = load_aligned(from + 4);
            auto const third = load_aligned(from + 8);
            auto const fourth = load_aligned(from + 12);
            store_aligned(to, first);
            store_aligned(to + 4, second);
            store_aligned(to + 8, third);
            store_aligned(to + 12, fourth);
        }
        for (; count >= 4; count -= 4, to += 4, from += 4) store_aligned(to, load_aligned(from));
    }
    for (; count > 0; --count) *to++ = *from++;
}

[[gnu::noinline]] inline void fill_bytes(unsigned char* to, int count, unsigned char value) {
    for (; count > 0 && bytes_to_word(to) != 0; --count) *to++ = value;
    std::uint32_t const word = value * 0x01010101U;
    for (; count >= 4; count -= 4, to += 4) store_aligned(to, word);
    for (; count > 0; --count) *to++ = value;
}

}  // namespace inlay::thumb1

namespace inlay {

/// Copies a run of elements to where it does not overlap itself.
template <class T>
inline void copy_elements(isa::thumb1, T* to, T const* from, int count) {
    thumb1::copy_bytes(reinterpret_cast<unsigned char*>(to), reinterpret_cast<unsigned char const*>(from), count * static_cast<int>(sizeof(T)));
}

/// Sets a run of bytes.
template <class T>
    requires(sizeof(T) == 1)
inline void fill_elements(isa::thumb1, T* to, int count, T value) {
    thumb1::fill_bytes(reinterpret_cast<unsigned char*>(to), count, static_cast<unsigned char>(value));
}

}  // namespace inlay
