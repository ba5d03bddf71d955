// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>

namespace inlay {

/// In which order a kernel makes its result, so that the result may lie over an input that is read for the last time.
enum class traversal {
    forward,   ///< first pixel to last
    backward,  ///< last pixel to first
    in_place,  ///< at the address of its input, with scratch for what is read again
};

/// An instruction set together with a traversal; kernels that ask only for the instruction set accept it as such.
template <class Isa, traversal Order>
struct traversing : Isa {
    static constexpr traversal order = Order;
};

template <class Isa>
consteval traversal find_order() {
    if constexpr (requires { Isa::order; }) {
        return Isa::order;
    } else {
        return traversal::forward;
    }
}

/// The traversal that an operator is asked for.
template <class Isa>
inline constexpr traversal order_of = find_order<Isa>();

/// The instruction set whose kernels make results in the order asked for: only the portable ones know another than forward.
template <class Isa>
constexpr auto with_order(Isa isa) {
    if constexpr (order_of<Isa> == traversal::forward) {
        return isa;
    } else {
        return execution<isa::portable, Isa::optimise>{};
    }
}

}  // namespace inlay
