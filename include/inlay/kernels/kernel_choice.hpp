// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/kernels/overlap.hpp>

namespace inlay {

/// What is to be known of the kernel that a layer gets: one function, `kernel_of(isa, geometry, std::type_identity<Weights>)`,
/// says it to the layer, the memory plan, the tool and the kernel itself. An instruction set overloads it beside its kernel. For a
/// layer without weights, the last argument is the arithmetic that it does.
struct kernel_choice {
    char const* name = nullptr;  ///< for reports: "dsp pairs"; null: the portable kernel
    int scratch_words = 0;       ///< of 32 bits, that the kernel needs while it runs
    int tile = 1;                ///< pixels that it makes together, in order
    storing stores = storing::tiles;

    constexpr bool is_portable() const { return name == nullptr; }

    /// This one, or if it does not make the layer, the portable one.
    constexpr kernel_choice where(bool is_made) const { return is_made ? *this : kernel_choice{}; }
};

/// What no overload knows better.
template <class Geometry, class Arithmetic>
constexpr kernel_choice kernel_of(isa::portable, Geometry const&, Arithmetic const&) {
    return {};
}

}  // namespace inlay
