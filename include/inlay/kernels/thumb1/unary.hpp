// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/twin/unary.hpp>

namespace inlay {

/// Makes each element of `out` by looking one of `in` up.
inline void look_up(isa::thumb1, int count, std::int8_t* out, std::int8_t const* in, int8_table const& table) { twin::look_up(count, out, in, table); }

}  // namespace inlay
