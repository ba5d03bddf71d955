// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/scheme.hpp>

#include <concepts>
#include <type_traits>

namespace inlay {

/// What a kernel with weights reads besides its image: the constant tables, in whatever layout, and the layer's
/// quantisation. Portable kernels ask for one number at a time and so take every bank; a kernel for an instruction set
/// takes the bank of its own layout.
template <class B>
concept weight_bank = requires(B const& bank, typename B::scheme::accumulator sum, int i) {
    requires quantisation_scheme<typename B::scheme>;
    { bank.start(i) } -> std::same_as<typename B::scheme::accumulator>;        // output channel i's sum before any tap
    { bank.weight(i) } -> std::same_as<typename B::scheme::accumulator>;       // number i in the operator's own order
    { bank.finish(sum, i) } -> std::same_as<typename B::scheme::activation>;   // output channel i's result
    { bank.input_zero_point } -> std::convertible_to<int>;
};

/// The bank of tables that lie in the operator's own order.
///   bias   one for each output channel, with -input_zero_point * (the sum of the channel's filter) folded in
template <quantisation_scheme Scheme>
struct filter_bank {
    using scheme = Scheme;
    using accumulator = typename Scheme::accumulator;

    typename Scheme::weight const* filter;
    typename Scheme::bias const* bias;
    typename Scheme::rescale const* rescale;
    int input_zero_point;
    typename Scheme::output output;

    // Floats are added in the order of the reference, the bias last; integers start with it, which saves an addition.
    constexpr accumulator start(int channel) const { return bias_is_last ? accumulator{0} : bias[channel]; }
    constexpr accumulator weight(int index) const { return filter[index]; }
    constexpr typename Scheme::activation finish(accumulator sum, int channel) const {
        if constexpr (bias_is_last) sum += bias[channel];
        return Scheme::requantise(sum, rescale, channel, output);
    }

private:
    static constexpr bool bias_is_last = std::is_floating_point_v<accumulator>;
};

/// Types of a bank's image and sums.
template <weight_bank Bank>
using activation_of = typename Bank::scheme::activation;
template <weight_bank Bank>
using accumulator_of = typename Bank::scheme::accumulator;

}  // namespace inlay
