// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/kernel_choice.hpp>
#include <inlay/kernels/unary.hpp>

#include <type_traits>

namespace inlay {

/// How many elements are looked up in a table.
struct table_geometry {
    int count;
};

constexpr kernel_choice kernel_of(isa::thumb1, table_geometry const&, std::type_identity<int8_table>) { return {.name = "m0 table"}; }
constexpr kernel_choice kernel_of(isa::armv7m, table_geometry const&, std::type_identity<int8_table>) { return {.name = "m3 table"}; }
constexpr kernel_choice kernel_of(isa::arm_dsp, table_geometry const&, std::type_identity<int8_table>) { return {.name = "dsp table"}; }
constexpr kernel_choice kernel_of(isa::arm_mve, table_geometry const&, std::type_identity<int8_table>) { return {.name = "mve table"}; }

}  // namespace inlay
