// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_fp/fully_connected_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::fp {

/// The constant tables of a fully connected layer for the float kernels.
///   filter   units in blocks of four, see float_filter.hpp
template <quantisation_scheme Scheme, int Out, int In>
struct fully_connected_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, In};
    static constexpr int filter_zero_point = 0;
    static constexpr block_layout layout{In, Out};

    table<float, Out * In> filter;
    float bias[Out];
};

template <quantisation_scheme Scheme, int Out, int In, auto Kept>
constexpr auto bank_of(fully_connected_weights<Scheme, Out, In> const& weights, affine, constant<Kept>) {
    return float_bank<Kept, block_layout>{weights.filter, weights.bias, weights.layout};
}

template <quantisation_scheme Scheme, int Out, int In>
constexpr kernel_choice kernel_of(isa::arm_dsp_fp, fully_connected_geometry const&, std::type_identity<fully_connected_weights<Scheme, Out, In>>) {
    return unit_connection();
}

template <quantisation_scheme Scheme, int Out, int In>
constexpr kernel_choice kernel_of(isa::arm_mve_fp, fully_connected_geometry const&, std::type_identity<fully_connected_weights<Scheme, Out, In>>) {
    return unit_connection();
}

}  // namespace inlay::fp
