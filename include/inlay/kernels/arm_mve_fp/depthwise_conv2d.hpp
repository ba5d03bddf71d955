// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_fp/depthwise_conv2d.hpp>
#include <inlay/kernels/arm_mve_fp/groups.hpp>

namespace inlay {

/// Float depthwise convolution with one filter for each channel: makes a run of output rows. Over its input it makes all rows.
template <auto Geometry, policy Policy, auto Kept, class... Scratch>
    requires(fp::makes_groups(Geometry))
inline void convolve_depthwise(isa::arm_mve_fp, constant<Geometry, Policy>, rows made, row_view<float> out, row_view<float const> in,
                               fp::float_bank<Kept, fp::plain_layout> const& bank, Scratch... scratch) {
    static_assert((0 + ... + Scratch::tensor::size) >= fp::group_convolution(Geometry).scratch_words);
    float* waiting = nullptr;
    if constexpr (sizeof...(Scratch) > 0) ((waiting = reinterpret_cast<float*>(scratch.data())), ...);
    fp::convolve_groups<mve::float_groups, fp::group_channels(Geometry.out.c())>(Geometry, made, out, in, bank, waiting);
}

}  // namespace inlay
