// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/fully_connected_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::dsp {

/// The constant table of a fully connected layer in the layout of the DSP kernel, see fully_connected_choice.hpp.
template <quantisation_scheme Scheme, int Out, int In>
struct fully_connected_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, In};
    static constexpr int filter_zero_point = 0;
    static constexpr unit_layout layout = layout_of<Scheme>({.batches = 1, .in = In, .out = Out});

    alignas(4) table<std::int8_t, layout.bytes()> pairs;
};

template <quantisation_scheme Scheme, int Out, int In, auto Kept>
constexpr auto bank_of(fully_connected_weights<Scheme, Out, In> const& weights, affine in, constant<Kept>) {
    using layout = constant<fully_connected_weights<Scheme, Out, In>::layout>;
    return pair_bank<Scheme, range_kind{Kept}, layout>{{weights.pairs, in.zero_point, Kept}, {}};
}

template <quantisation_scheme Scheme, int Out, int In>
constexpr kernel_choice kernel_of(isa::arm_dsp, fully_connected_geometry const& geometry, std::type_identity<fully_connected_weights<Scheme, Out, In>>) {
    return unit_connection(geometry);
}

}  // namespace inlay::dsp
