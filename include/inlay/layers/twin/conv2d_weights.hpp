// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/thumb1/channel.hpp>
#include <inlay/kernels/twin/conv2d_choice.hpp>
#include <inlay/layers/weights.hpp>

#include <concepts>

namespace inlay::twin {

/// The constant tables of a convolution in the layout of the kernels of `Isa`, with two pixels in a word.
///   filter    [Out, taps], chunk by chunk, see twin_filter.hpp
///   channels  start and requantisation of each output channel
///   extras    what of the weights was split off, channel by channel; at least one, so that the table is an object
template <quantisation_scheme Scheme, int Out, int H, int W, int In, class Isa, int Chunk, int Extras>
struct conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, H, W, In};
    static constexpr tap_layout layout{H * W * In, Chunk};

    alignas(4) table<std::int8_t, Out * layout.padded()> filter;
    channel<Isa> channels[Out];
    extra_tap extras[Extras];
};

template <quantisation_scheme Scheme, int Out, int H, int W, int In, class Isa, int Chunk, int Extras, auto Kept>
constexpr auto bank_of(conv2d_weights<Scheme, Out, H, W, In, Isa, Chunk, Extras> const& weights, affine in, constant<Kept>) {
    return bank<Scheme, Isa, Chunk, finishing_of<Kept>>{weights.filter, weights.channels, weights.extras, weights.layout, in.zero_point, int8_range_kept{Kept}};
}

template <class Asked, quantisation_scheme Scheme, int Out, int H, int W, int In, std::derived_from<isa::portable> Isa, int Chunk, int Extras>
    requires(std::derived_from<Asked, Isa>)
constexpr kernel_choice kernel_of(Asked, conv2d_geometry const& geometry, std::type_identity<conv2d_weights<Scheme, Out, H, W, In, Isa, Chunk, Extras>>) {
    return block_convolution<Isa>(geometry, {H * W * In, Chunk});
}

}  // namespace inlay::twin
