// SPDX-License-Identifier: MIT
//
// One instruction each of Armv7-M, that no compiler makes from C++ where it should.
#pragma once

#include <cstdint>

namespace inlay::armv7m {

/// The upper word of a * b + upper * 2^32 + lower.
inline std::int32_t smlal(std::int32_t a, std::int32_t b, std::int32_t upper, std::uint32_t lower) {
    asm("smlal %0, %1, %2, %3" : "+r"(lower), "+r"(upper) : "r"(a), "r"(b));
    return upper;
}

/// Saturated to int8.
inline std::int32_t ssat8(std::int32_t value) {
    std::int32_t result;
    asm("ssat %0, #8, %1" : "=r"(result) : "r"(value) : "cc");
    return result;
}

}  // namespace inlay::armv7m
