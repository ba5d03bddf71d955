// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/arm_mve/fully_connected_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::mve {

/// The constant tables of a fully connected layer in the layout of the Helium kernel.
///   filter    vectors of 16 taps, units in fours, see lane_filter.hpp
///   channels  start and requantisation of four units each
template <quantisation_scheme Scheme, int Out, int In>
struct fully_connected_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, In};
    static constexpr int filter_zero_point = 0;
    static constexpr lane_layout layout{In, block_units};

    alignas(4) table<std::int8_t, layout.filter_bytes(Out)> filter;
    lane_channels<block_units> channels[static_cast<unsigned>(layout.blocks(Out))];
};

template <quantisation_scheme Scheme, int Out, int In>
constexpr auto bank_of(fully_connected_weights<Scheme, Out, In> const& weights, affine in, typename Scheme::output const& to) {
    return lane_bank<Scheme, block_units>{weights.filter, weights.channels, weights.layout.taps, in.zero_point, to.zero_point, int8_range_kept{to}};
}

template <quantisation_scheme Scheme, int Out, int In>
constexpr kernel_choice kernel_of(isa::arm_mve, fully_connected_geometry const& geometry, std::type_identity<fully_connected_weights<Scheme, Out, In>>) {
    return unit_connection(geometry);
}

}  // namespace inlay::mve
