// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/arm_mve/conv2d_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::mve {

/// The constant tables of a convolution in the layout of the Helium kernel.
///   filter    vectors of 16 taps, output channels in twos, see lane_filter.hpp
///   channels  start and requantisation of two output channels each
template <quantisation_scheme Scheme, int Out, int H, int W, int In>
struct conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, H, W, In};
    static constexpr lane_layout layout{H * W * In, block_channels};

    alignas(4) table<std::int8_t, layout.filter_bytes(Out)> filter;
    lane_channels<block_channels> channels[static_cast<unsigned>(layout.blocks(Out))];
};

template <quantisation_scheme Scheme, int Out, int H, int W, int In>
constexpr auto bank_of(conv2d_weights<Scheme, Out, H, W, In> const& weights, affine in, typename Scheme::output const& to) {
    return lane_bank<Scheme, block_channels>{weights.filter, weights.channels, weights.layout.taps, in.zero_point, to.zero_point, int8_range_kept{to}};
}

template <quantisation_scheme Scheme, int Out, int H, int W, int In>
constexpr kernel_choice kernel_of(isa::arm_mve, conv2d_geometry const& geometry, std::type_identity<conv2d_weights<Scheme, Out, H, W, In>>) {
    return lane_convolution(geometry);
}

}  // namespace inlay::mve
