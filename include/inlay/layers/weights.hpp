// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/scheme.hpp>
#include <inlay/core/shape.hpp>
#include <inlay/core/tensor.hpp>
#include <inlay/kernels/filter_bank.hpp>
#include <inlay/kernels/kernel_choice.hpp>

#include <cstdint>
#include <type_traits>

namespace inlay {

/// A constant table of N numbers. One of bytes has room for a terminating zero, as it is written as a string literal.
template <class T, int N>
using table = T[static_cast<unsigned>(N) + (sizeof(T) == 1 ? 1 : 0)];

/// Bytes of N numbers in a table, without the terminating zero.
template <class T, int N>
inline constexpr int table_bytes = N * static_cast<int>(sizeof(T));

/// The scratch of a layer, in words of 32 bits.
template <int Words>
using scratch_tensor = tensor<std::uint32_t, shape{Words}>;

/// The tables of a layer with weights together with its quantisation, as kernels take them.
template <class Weights>
constexpr auto bank_of(Weights const& weights, affine in, typename Weights::scheme::output const& out) {
    return filter_bank<typename Weights::scheme>{weights.filter, weights.bias, weights.rescale, in.zero_point, out};
}

}  // namespace inlay
