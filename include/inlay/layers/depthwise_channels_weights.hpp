// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/depthwise_channels.hpp>
#include <inlay/kernels/twin/twin_filter.hpp>
#include <inlay/layers/weights.hpp>

#include <concepts>

namespace inlay::channels {

/// The constant tables of a depthwise convolution for the kernel of `Isa` that makes any window.
///   filter    [H, W, Out]
///   channels  start and requantisation of each channel
template <quantisation_scheme Scheme, int H, int W, int Out, class Isa>
struct depthwise_conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{1, H, W, Out};

    alignas(4) table<std::int8_t, H * W * Out> filter;
    twin::channel<Isa> channels[Out];
};

/// The same for Helium, which takes the tables of the operator: bias and rescale, see filter_bank.
template <quantisation_scheme Scheme, int H, int W, int Out>
struct depthwise_conv2d_weights<Scheme, H, W, Out, isa::arm_mve> {
    using scheme = Scheme;
    static constexpr shape filter_shape{1, H, W, Out};

    alignas(4) table<std::int8_t, H * W * Out> filter;
    std::int32_t bias[Out];
    fixed_point rescale[static_cast<unsigned>(Scheme::rescales(Out))];
};

template <quantisation_scheme Scheme, int H, int W, int Out, class Isa, auto Kept>
constexpr auto bank_of(depthwise_conv2d_weights<Scheme, H, W, Out, Isa> const& weights, affine in, constant<Kept>) {
    if constexpr (std::is_same_v<Isa, isa::arm_mve>) {
        return plain_bank<Scheme>{{weights.filter, weights.bias, weights.rescale, in.zero_point, Kept}};
    } else {
        return bank<Scheme, Isa, twin::finishing_of<Kept>>{weights.filter, weights.channels, {H * W, Out, true}, Out, in.zero_point, int8_range_kept{Kept}};
    }
}

template <class Asked, quantisation_scheme Scheme, int H, int W, int Out, class Isa>
    requires(std::derived_from<Asked, Isa>)
constexpr kernel_choice kernel_of(Asked, depthwise_conv2d_geometry const& geometry, std::type_identity<depthwise_conv2d_weights<Scheme, H, W, Out, Isa>>) {
    return lane_convolution<Isa>(geometry);
}

}  // namespace inlay::channels
