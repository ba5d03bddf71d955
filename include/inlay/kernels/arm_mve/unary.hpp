// SPDX-License-Identifier: MIT
//
// Tables of an int8 number's 256 results on Helium, which gathers sixteen of them with one load.
#pragma once

#include <inlay/kernels/unary_choice.hpp>

#include <arm_mve.h>

#include <cstdint>

namespace inlay::mve {

[[gnu::noinline]] inline void look_up(int count, std::int8_t* out, std::int8_t const* in, int8_table const& table) {
    auto const sign = vdupq_n_u8(0x80);
    for (; count > 0; count -= 16, in += 16, out += 16) {
        auto const present = vctp8q(static_cast<std::uint32_t>(count));
        auto const index = veorq(vldrbq_z_u8(reinterpret_cast<std::uint8_t const*>(in), present), sign);
        vstrbq_p_s8(out, vldrbq_gather_offset_z_s8(table.result, index, present), present);
    }
}

}  // namespace inlay::mve

namespace inlay {

/// Makes each element of `out` by looking one of `in` up.
inline void look_up(isa::arm_mve, int count, std::int8_t* out, std::int8_t const* in, int8_table const& table) { mve::look_up(count, out, in, table); }

}  // namespace inlay
