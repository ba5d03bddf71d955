// SPDX-License-Identifier: MIT
#pragma once

namespace inlay::fp {

/// What sums start from.
inline constexpr float zeros[16] = {};

/// Copies `runs` runs of floats, one at least. From the end of a run to the next one are from_gap and to_gap bytes.
inline void copy_runs(float* to, int to_gap, float const* from, int from_gap, int count, int runs) {
    int n;
    asm volatile(
        "1:\n\t"
        "subs %[n], %[count], #8\n\t"
        "blo 3f\n"
        "2:\n\t"
        "vldmia %[from]!, {s0-s7}\n\t"
        "vstmia %[to]!, {s0-s7}\n\t"
        "subs %[n], %[n], #8\n\t"
        "bhs 2b\n"
        "3:\n\t"
        "lsls %[n], %[n], #30\n\t"  // bit 2 is the carry, bit 1 the sign
        "bcc 4f\n\t"
        "vldmia %[from]!, {s0-s3}\n\t"
        "vstmia %[to]!, {s0-s3}\n"
        "4:\n\t"
        "bpl 5f\n\t"
        "vldmia %[from]!, {s0, s1}\n\t"
        "vstmia %[to]!, {s0, s1}\n"
        "5:\n\t"
        "lsls %[n], %[n], #1\n\t"
        "bpl 6f\n\t"
        "vldmia %[from]!, {s0}\n\t"
        "vstmia %[to]!, {s0}\n"
        "6:\n\t"
        "add %[from], %[from_gap]\n\t"
        "add %[to], %[to_gap]\n\t"
        "subs %[runs], %[runs], #1\n\t"
        "bne 1b"
        : [to] "+r"(to), [from] "+r"(from), [runs] "+r"(runs), [n] "=&r"(n)
        : [count] "r"(count), [to_gap] "r"(to_gap), [from_gap] "r"(from_gap)
        : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "cc", "memory");
}

/// Copies a run of floats.
inline void copy(float* to, float const* from, int count) { copy_runs(to, 0, from, 0, count, 1); }

/// Sets a run of floats to zero.
inline void clear(float* to, int count) {
    for (; count > 16; to += 16, count -= 16) copy(to, zeros, 16);
    copy(to, zeros, count);
}

}  // namespace inlay::fp
