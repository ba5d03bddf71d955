// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_fp/conv2d.hpp>
#include <inlay/kernels/arm_mve_fp/blocks.hpp>

namespace inlay {

/// Float convolution with a filter in blocks of four channels: makes a run of output rows.
template <auto Geometry, policy Policy, auto Kept, class Scratch>
    requires(fp::makes_blocks(Geometry))
inline void convolve(isa::arm_mve_fp, constant<Geometry, Policy>, rows made, row_view<float> out, row_view<float const> in,
                     fp::float_bank<Kept, fp::block_layout> const& bank, Scratch scratch) {
    static_assert(Scratch::tensor::size >= fp::block_convolution(Geometry).scratch_words);
    fp::convolve_rows<mve::float_blocks>(Geometry, made, out, in, bank, reinterpret_cast<float*>(scratch.data()));
}

}  // namespace inlay
