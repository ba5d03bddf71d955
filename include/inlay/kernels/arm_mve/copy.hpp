// SPDX-License-Identifier: MIT
#pragma once

#include <arm_mve.h>

#include <cstdint>

namespace inlay::mve {

/// Copies a run of bytes, and touches no other.
inline void copy(std::int8_t* to, std::int8_t const* from, int count) {
    for (; count >= 16; count -= 16, from += 16, to += 16) vstrbq_s8(to, vldrbq_s8(from));
    if (count > 0) {
        auto const kept = vctp8q(static_cast<std::uint32_t>(count));
        vstrbq_p_s8(to, vldrbq_z_s8(from, kept), kept);
    }
}

/// Sets a run of bytes, and touches no other.
inline void fill(std::int8_t* to, int value, int count) {
    auto const values = vdupq_n_s8(static_cast<std::int8_t>(value));
    for (; count > 0; count -= 16, to += 16) vstrbq_p_s8(to, values, vctp8q(static_cast<std::uint32_t>(count)));
}

}  // namespace inlay::mve
