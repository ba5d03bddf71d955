// SPDX-License-Identifier: MIT
#pragma once

namespace inlay::fp {

/// What sums start from.
inline constexpr float zeros[16] = {};

/// Copies a run of floats.
inline void copy(float* to, float const* from, int count) {
    asm volatile(
        "subs %[n], %[n], #16\n\t"
        "blo 2f\n"
        "1:\n\t"
        "vldmia %[from]!, {s0-s15}\n\t"
        "vstmia %[to]!, {s0-s15}\n\t"
        "subs %[n], %[n], #16\n\t"
        "bhs 1b\n"
        "2:\n\t"
        "adds %[n], %[n], #12\n\t"
        "bmi 4f\n"
        "3:\n\t"
        "vldmia %[from]!, {s0-s3}\n\t"
        "vstmia %[to]!, {s0-s3}\n\t"
        "subs %[n], %[n], #4\n\t"
        "bpl 3b\n"
        "4:\n\t"
        "adds %[n], %[n], #4\n\t"
        "beq 6f\n"
        "5:\n\t"
        "vldmia %[from]!, {s0}\n\t"
        "vstmia %[to]!, {s0}\n\t"
        "subs %[n], %[n], #1\n\t"
        "bne 5b\n"
        "6:"
        : [to] "+r"(to), [from] "+r"(from), [n] "+r"(count)
        :
        : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "cc", "memory");
}

/// Sets a run of floats to zero.
inline void clear(float* to, int count) {
    for (; count > 16; to += 16, count -= 16) copy(to, zeros, 16);
    copy(to, zeros, count);
}

}  // namespace inlay::fp
