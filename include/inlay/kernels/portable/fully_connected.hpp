// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/fully_connected.hpp>

#include <cstdint>

namespace inlay {
namespace portable {

constexpr float add_bias(float sum, float bias) {
    return sum + bias;
}
/// Modulo 2^32, as a bias that is computed may be anything.
constexpr std::int32_t add_bias(std::int32_t sum, std::int32_t bias) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(sum) + static_cast<std::uint32_t>(bias));
}

/// The sum of (input - input_zero_point) * (filter - filter_zero_point) for one unit, and its bias.
template <weight_bank Bank>
constexpr auto connect_at(fully_connected_geometry const& g, activation_of<Bank> const* in, Bank const& bank, int o, int input_zero_point) {
    auto const in_zero = static_cast<accumulator_of<Bank>>(input_zero_point);
    auto const filter_zero = static_cast<accumulator_of<Bank>>(g.filter_zero_point);
    accumulator_of<Bank> sum = 0;
    for (int c = 0; c < g.in; ++c) sum += (in[c] - in_zero) * (bank.weight(o * g.in + c) - filter_zero);
    return add_bias(sum, bank.start(o));
}

/// A fully connected layer with the input zero point that is not folded into its bias.
template <weight_bank Bank, class Geometry>
constexpr void connect_units(Geometry const& geometry, activation_of<Bank>* out, activation_of<Bank> const* in, Bank const& bank,
                             int unfolded_zero_point) {
    fully_connected_geometry const& g = value_of(geometry);
    for (int batch = 0; batch < g.batches; ++batch, in += g.in) {
        for (int o = 0; o < g.out; ++o) *out++ = bank.finish(connect_at(g, in, bank, o, unfolded_zero_point), o);
    }
}

}  // namespace portable

/// Fully connected: every batch and unit; filter [out, in].
template <weight_bank Bank>
constexpr void connect(isa::portable, fully_connected_geometry const& geometry, activation_of<Bank>* out, activation_of<Bank> const* in,
                       Bank const& bank) {
    portable::connect_units(geometry, out, in, bank, 0);
}

template <weight_bank Bank, auto Geometry>
constexpr void connect(isa::portable, constant<Geometry, policy::speed> geometry, activation_of<Bank>* out, activation_of<Bank> const* in,
                       Bank const& bank) {
    portable::connect_units(geometry, out, in, bank, 0);
}

/// Fully connected with a filter that is known only at run time: the bias is the model's own, and the input's
/// zero point is subtracted on the way.
template <weight_bank Bank>
constexpr void connect_dynamic(isa::portable, fully_connected_geometry const& geometry, activation_of<Bank>* out,
                               activation_of<Bank> const* in, Bank const& bank) {
    portable::connect_units(geometry, out, in, bank, bank.input_zero_point);
}

}  // namespace inlay
