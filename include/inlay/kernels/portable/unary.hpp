// SPDX-License-Identifier: MIT
//
// Operators that map each element by itself. Each defines a function of one element; an int8 operator is run as a table
// of that function's 256 results, which the compiler or the tool makes.
#pragma once

#include <inlay/kernels/unary.hpp>

#include <cstdint>

namespace inlay {

/// The results of a function of an int8 number: that of q is result[q + 128].
struct int8_table {
    static constexpr int size = 256;

    std::int8_t result[size];

    constexpr std::int8_t operator[](std::int8_t q) const { return result[q + 128]; }
};

template <class Function>
constexpr int8_table make_int8_table(Function const& function) {
    int8_table table{};
    for (int i = 0; i < int8_table::size; ++i) table.result[i] = function(static_cast<std::int8_t>(i - 128));
    return table;
}

/// Makes each element of `out` by looking one of `in` up.
constexpr void look_up(isa::portable, int count, std::int8_t* out, std::int8_t const* in, int8_table const& table) {
    for (int i = 0; i < count; ++i) out[i] = table[in[i]];
}

/// Makes each element of `out` as a function of one of `in`.
template <class Out, class In, class Function>
constexpr void transform(isa::portable, int count, Out* out, In const* in, Function const& function) {
    for (int i = 0; i < count; ++i) out[i] = function(in[i]);
}

}  // namespace inlay
