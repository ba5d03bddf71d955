// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_fp/fully_connected.hpp>
#include <inlay/kernels/arm_mve_fp/blocks.hpp>

namespace inlay {

/// Fully connected with a filter in blocks of four units.
template <auto Geometry, policy Policy, auto Kept>
inline void connect(isa::arm_mve_fp, constant<Geometry, Policy>, float* out, float const* in, fp::float_bank<Kept, fp::block_layout> const& bank) {
    fp::connect_units<mve::float_blocks, Geometry.batches >= 4>(Geometry, out, in, bank);
}

}  // namespace inlay
