// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/fully_connected.hpp>

namespace inlay {
namespace portable {

/// The sum of (input - input_zero_point) * (filter - filter_zero_point) over one row of the filter, on top of `sum`.
template <class Scheme>
constexpr auto dot(typename Scheme::accumulator sum, typename Scheme::activation const* in, typename Scheme::weight const* filter,
                   int count, int input_zero_point, int filter_zero_point) {
    using accumulator = typename Scheme::accumulator;
    auto const in_zero = static_cast<accumulator>(input_zero_point);
    auto const filter_zero = static_cast<accumulator>(filter_zero_point);
    for (int c = 0; c < count; ++c) sum += (accumulator{in[c]} - in_zero) * (accumulator{filter[c]} - filter_zero);
    return sum;
}

/// A fully connected layer with the input zero point that is not folded into its bias; `bank.bias` may be null.
template <class Scheme, class Geometry>
constexpr void connect_units(Geometry const& geometry, typename Scheme::activation* out, typename Scheme::activation const* in,
                             filter_bank<Scheme> const& bank, int unfolded_zero_point) {
    fully_connected_geometry const& g = value_of(geometry);
    for (int batch = 0; batch < g.batches; ++batch, in += g.in) {
        auto const* filter = bank.filter;
        for (int o = 0; o < g.out; ++o, filter += g.in) {
            typename Scheme::accumulator const bias = bank.bias == nullptr ? 0 : bank.bias[o];
            auto const sum = dot<Scheme>(bias, in, filter, g.in, unfolded_zero_point, g.filter_zero_point);
            *out++ = Scheme::requantise(sum, bank.rescale, o, bank.output);
        }
    }
}

}  // namespace portable

/// Fully connected: every batch and unit; filter [out, in].
template <class Scheme>
constexpr void connect(isa::portable, fully_connected_geometry const& geometry, typename Scheme::activation* out,
                       typename Scheme::activation const* in, filter_bank<Scheme> const& bank) {
    portable::connect_units<Scheme>(geometry, out, in, bank, 0);
}

template <class Scheme, auto Geometry>
constexpr void connect(isa::portable, constant<Geometry, policy::speed> geometry, typename Scheme::activation* out,
                       typename Scheme::activation const* in, filter_bank<Scheme> const& bank) {
    portable::connect_units<Scheme>(geometry, out, in, bank, 0);
}

/// Fully connected with a filter that is known only at run time: the bias is the model's own, or null, and the input's
/// zero point is subtracted on the way.
template <class Scheme>
constexpr void connect_dynamic(isa::portable, fully_connected_geometry const& geometry, typename Scheme::activation* out,
                               typename Scheme::activation const* in, filter_bank<Scheme> const& bank) {
    portable::connect_units<Scheme>(geometry, out, in, bank, bank.input_zero_point);
}

}  // namespace inlay
