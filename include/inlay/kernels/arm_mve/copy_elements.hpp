// SPDX-License-Identifier: MIT
//
// Runs of elements on Helium: predicated vectors of bytes.
#pragma once

#include <inlay/kernels/arm_mve/copy.hpp>
#include <inlay/kernels/copy.hpp>

#include <cstdint>

namespace inlay {

/// Copies a run of elements to where it does not overlap itself.
template <class T>
inline void copy_elements(isa::arm_mve, T* to, T const* from, int count) {
    mve::copy(reinterpret_cast<std::int8_t*>(to), reinterpret_cast<std::int8_t const*>(from), count * static_cast<int>(sizeof(T)));
}

/// Sets a run of bytes.
template <class T>
    requires(sizeof(T) == 1)
inline void fill_elements(isa::arm_mve, T* to, int count, T value) {
    mve::fill(reinterpret_cast<std::int8_t*>(to), static_cast<int>(value), count);
}

}  // namespace inlay
