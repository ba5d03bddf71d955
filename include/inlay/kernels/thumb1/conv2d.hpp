// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/block_kernel.hpp>

namespace inlay {

/// 2-D convolution, two pixels in a word: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, int Chunk, class Finishing, class Scratch>
    requires(twin::makes_blocks(Geometry))
inline void convolve(isa::thumb1, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                     twin::bank<Scheme, isa::thumb1, Chunk, Finishing> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= twin::block_convolution<isa::thumb1>(Geometry, {twin::taps_of(Geometry), Chunk}).scratch_words);
    twin::convolve<isa::thumb1, Policy, Chunk, twin::tap_layout{twin::taps_of(Geometry), Chunk}.chunks(), twin::is_pointwise(Geometry)>(Geometry, made, out, in, bank, scratch.data());
}

}  // namespace inlay
