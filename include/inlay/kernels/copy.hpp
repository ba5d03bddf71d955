// SPDX-License-Identifier: MIT
//
// Runs of elements that only move: what pad, concatenation and transpose are made of.
#pragma once

#include <inlay/core/isa.hpp>

#include <algorithm>

namespace inlay {

/// Copies a run of elements to where it does not overlap itself.
template <class T>
constexpr void copy_elements(isa::portable, T* to, T const* from, int count) {
    std::copy_n(from, count, to);
}

/// Sets a run of elements.
template <class T>
constexpr void fill_elements(isa::portable, T* to, int count, T value) {
    std::fill_n(to, count, value);
}

}  // namespace inlay
