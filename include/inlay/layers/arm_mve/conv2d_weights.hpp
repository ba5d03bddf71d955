// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_mve/conv2d_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::mve {

/// The constant tables of a convolution in the layout of the Helium kernel.
///   filter    vectors of 16 taps, output channels in groups of four, see quad_filter.hpp
///   channels  start and requantisation, in the order of the groups
template <quantisation_scheme Scheme, int Out, int H, int W, int In>
struct conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, H, W, In};
    static constexpr quad_layout layout{H * W * In, Out};

    alignas(4) table<std::int8_t, layout.filter_bytes()> filter;
    lane_channels<1> channels[static_cast<unsigned>(layout.groups()) * 4];
};

template <quantisation_scheme Scheme, int Out, int H, int W, int In, auto Kept>
constexpr auto bank_of(conv2d_weights<Scheme, Out, H, W, In> const& weights, affine in, constant<Kept>) {
    return quad_bank<Scheme, range_kind{Kept}>{weights.filter, weights.channels, weights.layout, in.zero_point, Kept.zero_point, int8_range_kept{Kept}};
}

template <quantisation_scheme Scheme, int Out, int H, int W, int In>
constexpr kernel_choice kernel_of(isa::arm_mve, conv2d_geometry const& geometry, std::type_identity<conv2d_weights<Scheme, Out, H, W, In>>) {
    return quad_convolution(geometry);
}

}  // namespace inlay::mve
