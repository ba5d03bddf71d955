// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/thumb1/channel.hpp>
#include <inlay/kernels/twin/fully_connected_choice.hpp>
#include <inlay/layers/weights.hpp>

#include <concepts>

namespace inlay::twin {

/// The constant tables of a fully connected layer in the layout of the kernels of `Isa`, with two units in a word.
///   filter    four units side by side, see fully_connected_choice.hpp
///   channels  start and requantisation of each unit
///   extras    what of the weights was split off, unit by unit; at least one, so that the table is an object
template <quantisation_scheme Scheme, int Out, int In, class Isa, int Chunk, int Extras>
struct fully_connected_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, In};
    static constexpr int filter_zero_point = 0;
    static constexpr unit_layout layout{In, Chunk};

    alignas(4) table<std::int8_t, layout.filter_bytes(Out)> filter;
    channel<Isa> channels[Out];
    extra_tap extras[Extras];
};

template <quantisation_scheme Scheme, int Out, int In, class Isa, int Chunk, int Extras, auto Kept>
constexpr auto bank_of(fully_connected_weights<Scheme, Out, In, Isa, Chunk, Extras> const& weights, affine in, constant<Kept>) {
    return unit_bank<Scheme, Isa, Chunk, finishing_of<Kept>>{weights.filter, weights.channels, weights.extras, weights.layout, in.zero_point, int8_range_kept{Kept}};
}

template <class Asked, quantisation_scheme Scheme, int Out, int In, class Isa, int Chunk, int Extras>
    requires(std::derived_from<Asked, Isa>)
constexpr kernel_choice kernel_of(Asked, fully_connected_geometry const&, std::type_identity<fully_connected_weights<Scheme, Out, In, Isa, Chunk, Extras>>) {
    return unit_connection<Isa>({In, Chunk});
}

}  // namespace inlay::twin
