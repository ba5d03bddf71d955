// SPDX-License-Identifier: MIT
#pragma once

#include <arm_mve.h>

#include <cstdint>

namespace inlay::mve {

/// Copies a run of bytes, and touches no other.
inline void copy(std::int8_t* to, std::int8_t const* from, int count) {
    asm volatile(
        "wlstp.8 lr, %[count], 2f\n"
        "1:\n\t"
        "vldrb.8 q0, [%[from]], #16\n\t"
        "vstrb.8 q0, [%[to]], #16\n\t"
        "letp lr, 1b\n"
        "2:"
        : [from] "+r"(from), [to] "+r"(to)
        : [count] "r"(count)
        : "lr", "q0", "memory");
}

/// Sets a run of bytes, and touches no other.
inline void fill(std::int8_t* to, int value, int count) {
    asm volatile(
        "vdup.8 q0, %[value]\n\t"
        "wlstp.8 lr, %[count], 2f\n"
        "1:\n\t"
        "vstrb.8 q0, [%[to]], #16\n\t"
        "letp lr, 1b\n"
        "2:"
        : [to] "+r"(to)
        : [value] "r"(value), [count] "r"(count)
        : "lr", "q0", "memory");
}

/// Copies `runs` runs of bytes, one at least, that lie from_step and to_step bytes apart.
inline void copy_runs(std::int8_t* to, int to_step, std::int8_t const* from, int from_step, int count, int runs) {
    if (count > 16) {
        for (; runs > 0; --runs, to += to_step, from += from_step) copy(to, from, count);
        return;
    }
    std::int32_t predicate;  // compilers differ in whether p0 can be said to be lost
    asm volatile(
        "vmrs %[predicate], p0\n\t"
        "vctp.8 %[count]\n\t"
        "dls lr, %[runs]\n"
        "1:\n\t"
        "vpstt\n\t"
        "vldrbt.8 q0, [%[from]]\n\t"
        "vstrbt.8 q0, [%[to]]\n\t"
        "add %[from], %[from], %[from_step]\n\t"
        "add %[to], %[to], %[to_step]\n\t"
        "le lr, 1b\n\t"
        "vmsr p0, %[predicate]"
        : [from] "+r"(from), [to] "+r"(to), [predicate] "=&r"(predicate)
        : [from_step] "r"(from_step), [to_step] "r"(to_step), [count] "r"(count), [runs] "r"(runs)
        : "lr", "q0", "memory");
}

}  // namespace inlay::mve
