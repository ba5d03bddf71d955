// SPDX-License-Identifier: MIT
//
// One instruction each of the DSP extension (Armv7E-M, Armv8-M Mainline), or two that hang together by flags. They are inline
// assembly because arm_acle.h of g++ 12 lacks half of them, and because a function that nobody calls is then no error on any other
// machine.
#pragma once

#include <cstdint>

namespace inlay::dsp {

/// Four bytes from any address: one LDR, which these cores do unaligned.
inline std::uint32_t load_word(void const* from) {
    std::uint32_t word;
    __builtin_memcpy(&word, from, sizeof word);
    return word;
}

/// Four bytes to any address.
inline void store_word(void* to, std::uint32_t word) { __builtin_memcpy(to, &word, sizeof word); }

/// The same number, of which the compiler knows nothing.
inline std::uint32_t opaque(std::uint32_t word) {
    asm("" : "+r"(word));
    return word;
}

/// Bytes 0 and 2, each sign-extended to a halfword.
inline std::uint32_t sxtb16(std::uint32_t word) {
    std::uint32_t result;
    asm("sxtb16 %0, %1" : "=r"(result) : "r"(word));
    return result;
}

/// Bytes 1 and 3, each sign-extended to a halfword.
inline std::uint32_t sxtb16_ror8(std::uint32_t word) {
    std::uint32_t result;
    asm("sxtb16 %0, %1, ror #8" : "=r"(result) : "r"(word));
    return result;
}

/// The low halfword of `low`, and that of `high` in the upper half.
inline std::uint32_t pkhbt(std::uint32_t low, std::uint32_t high) {
    std::uint32_t result;
    asm("pkhbt %0, %1, %2, lsl #16" : "=r"(result) : "r"(low), "r"(high));
    return result;
}

/// The upper halfword of `high`, and that of `low` in the lower half.
inline std::uint32_t pkhtb(std::uint32_t high, std::uint32_t low) {
    std::uint32_t result;
    asm("pkhtb %0, %1, %2, asr #16" : "=r"(result) : "r"(high), "r"(low));
    return result;
}

/// sums + bytes 0 and 2 of a word, halfword by halfword.
inline std::uint32_t sxtab16(std::uint32_t sums, std::uint32_t word) {
    std::uint32_t result;
    asm("sxtab16 %0, %1, %2" : "=r"(result) : "r"(sums), "r"(word));
    return result;
}

/// sums + bytes 1 and 3 of a word, halfword by halfword.
inline std::uint32_t sxtab16_ror8(std::uint32_t sums, std::uint32_t word) {
    std::uint32_t result;
    asm("sxtab16 %0, %1, %2, ror #8" : "=r"(result) : "r"(sums), "r"(word));
    return result;
}

/// base + byte `Byte` of a word, sign-extended.
template <int Byte>
inline std::int32_t sxtab(std::int32_t base, std::uint32_t word) {
    std::int32_t result;
    if constexpr (Byte == 0) {
        asm("sxtab %0, %1, %2" : "=r"(result) : "r"(base), "r"(word));
    } else {
        asm("sxtab %0, %1, %2, ror #%c3" : "=r"(result) : "r"(base), "r"(word), "i"(Byte * 8));
    }
    return result;
}

/// Halfword by halfword, modulo 2^16.
inline std::uint32_t sadd16(std::uint32_t a, std::uint32_t b) {
    std::uint32_t result;
    asm("sadd16 %0, %1, %2" : "=r"(result) : "r"(a), "r"(b) : "cc");
    return result;
}

/// sum + a.low * b.low + a.high * b.high, signed.
inline std::int32_t smlad(std::uint32_t a, std::uint32_t b, std::int32_t sum) {
    std::int32_t result;
    asm("smlad %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
    return result;
}

/// sum + a.low * b.high, signed.
inline std::int32_t smlabt(std::uint32_t a, std::uint32_t b, std::int32_t sum) {
    std::int32_t result;
    asm("smlabt %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
    return result;
}

/// sum + a.high * b.low, signed.
inline std::int32_t smlatb(std::uint32_t a, std::uint32_t b, std::int32_t sum) {
    std::int32_t result;
    asm("smlatb %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
    return result;
}

/// sum + a * b / 2^32, rounded half up.
inline std::int32_t smmlar(std::int32_t a, std::int32_t b, std::int32_t sum) {
    std::int32_t result;
    asm("smmlar %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
    return result;
}

/// The larger of each two signed bytes.
inline std::uint32_t larger_bytes(std::uint32_t a, std::uint32_t b) {
    std::uint32_t difference;
    asm("ssub8 %1, %0, %2\n\tsel %0, %0, %2" : "+r"(a), "=&r"(difference) : "r"(b) : "cc");
    return a;
}

/// The smaller of each two signed bytes.
inline std::uint32_t smaller_bytes(std::uint32_t a, std::uint32_t b) {
    std::uint32_t difference;
    asm("ssub8 %1, %0, %2\n\tsel %0, %2, %0" : "+r"(a), "=&r"(difference) : "r"(b) : "cc");
    return a;
}

/// Saturated to int8.
inline std::int32_t ssat8(std::int32_t value) {
    std::int32_t result;
    asm("ssat %0, #8, %1" : "=r"(result) : "r"(value) : "cc");
    return result;
}

/// value / 2^Bits, saturated to int8.
template <int Bits>
inline std::int32_t ssat8_shifted(std::int32_t value) {
    std::int32_t result;
    asm("ssat %0, #8, %1, asr %2" : "=r"(result) : "r"(value), "i"(Bits) : "cc");
    return result;
}

}  // namespace inlay::dsp
