// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/unit_kernel.hpp>

namespace inlay {

/// Fully connected, two units in a word.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, int Chunk, class Finishing, class Scratch>
    requires(twin::makes_units(Geometry))
inline void connect(isa::thumb1, constant<Geometry, Policy>, std::int8_t* out, std::int8_t const* in,
                    twin::unit_bank<Scheme, isa::thumb1, Chunk, Finishing> const& bank, Scratch scratch) {
    constexpr twin::unit_layout layout{Geometry.in, Chunk};
    static_assert(Scratch::tensor::size >= layout.input_words());
    twin::connect<isa::thumb1, Policy, Chunk, layout.chunks()>(Geometry, out, in, bank, scratch.data());
}

}  // namespace inlay
