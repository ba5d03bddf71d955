// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/plane_kernel.hpp>

namespace inlay {

/// Depthwise 2-D convolution, two rows in a word: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, class Finishing, class Scratch>
    requires(twin::makes_planes(Geometry))
inline void convolve_depthwise(isa::armv7m, constant<Geometry, Policy>, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               twin::plane_bank<Scheme, isa::armv7m, Finishing> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= twin::plane_convolution<isa::armv7m>(Geometry).scratch_words);
    twin::convolve_depthwise<isa::armv7m, Geometry.stride_h>(Geometry, made, out, in, bank, scratch.data());
}

}  // namespace inlay
