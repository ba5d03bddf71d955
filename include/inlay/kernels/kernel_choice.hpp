// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/kernels/overlap.hpp>

#include <type_traits>

namespace inlay {

/// What is to be known of the kernel that a layer gets: one function, `kernel_of(isa, geometry, std::type_identity<Weights>)`,
/// says it to the layer, the memory plan, the tool and the kernel itself. An instruction set overloads it beside its kernel.
struct kernel_choice {
    char const* name = nullptr;  ///< for reports: "dsp pairs"; null: the portable kernel
    int scratch_words = 0;       ///< of 32 bits, that the kernel needs while it runs
    int tile = 1;                ///< pixels that it makes together, in order
    storing stores = storing::tiles;

    constexpr bool is_portable() const { return name == nullptr; }
};

/// What no overload knows better.
template <class Geometry, class Weights>
constexpr kernel_choice kernel_of(isa::portable, Geometry const&, std::type_identity<Weights>) {
    return {};
}

}  // namespace inlay
