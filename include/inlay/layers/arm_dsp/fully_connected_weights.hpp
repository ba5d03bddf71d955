// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/fully_connected_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::dsp {

/// The constant tables of a fully connected layer in the layout of the DSP kernel.
///   filter  units in pairs, three pairs side by side, see fully_connected_choice.hpp
///   pairs   start and requantisation of two units each
template <quantisation_scheme Scheme, int Out, int In>
struct fully_connected_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, In};
    static constexpr int filter_zero_point = 0;
    static constexpr unit_layout layout{In};

    alignas(4) table<std::int8_t, layout.filter_bytes(Out)> filter;
    channel_pair pairs[static_cast<unsigned>(layout.pairs(Out))];
};

template <quantisation_scheme Scheme, int Out, int In, auto Kept>
constexpr auto bank_of(fully_connected_weights<Scheme, Out, In> const& weights, affine in, constant<Kept>) {
    return pair_bank<Scheme, range_kind{Kept}, unit_layout>{weights.filter, weights.pairs, weights.layout, in.zero_point, int8_range_kept{Kept}};
}

template <quantisation_scheme Scheme, int Out, int In>
constexpr kernel_choice kernel_of(isa::arm_dsp, fully_connected_geometry const& geometry, std::type_identity<fully_connected_weights<Scheme, Out, In>>) {
    return unit_connection(geometry);
}

}  // namespace inlay::dsp
