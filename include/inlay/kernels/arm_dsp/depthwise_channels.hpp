// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/arm_dsp/depthwise_choice.hpp>
#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/depthwise_channels.hpp>

namespace inlay::dsp {

/// SMMLAR, ASR, SSAT, see pair_filter.hpp.
template <class Bank>
struct channel_requantiser {
    Bank const& bank;
    std::int32_t multiplier;
    int shift;

    channel_requantiser(Bank const& from, int o)
        : bank{from}, multiplier{static_cast<std::int32_t>(load_word(from.bytes + value_of(from.layout).multiplier_at(o)))}, shift{from.bytes[value_of(from.layout).shift_at(o)]} {}

    std::int8_t operator()(std::int32_t sum) const {
        std::int32_t offset = bank.nudge() * (1 << shift);
        if constexpr (Bank::range.away_from_zero) offset += sum >> 31;
        std::int32_t const result = smmlar(sum * 2, multiplier, offset) >> shift >> 1;
        if constexpr (Bank::range.is_full) return static_cast<std::int8_t>(ssat8(result));
        return static_cast<std::int8_t>(std::clamp<std::int32_t>(result, bank.lowest, bank.highest));
    }
};

template <quantisation_scheme Scheme, range_kind Range, class Layout>
inline std::int32_t start_of(depthwise_bank<Scheme, Range, Layout> const& bank, int o) {
    return static_cast<std::int32_t>(load_word(bank.bytes + value_of(bank.layout).start_at(o)));
}

}  // namespace inlay::dsp

namespace inlay {

/// Depthwise convolution of any window, four channels at a time: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, dsp::range_kind Range, class Layout>
    requires(!dsp::makes_columns(Geometry))
inline void convolve_depthwise(isa::arm_dsp, constant<Geometry, Policy> g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               dsp::depthwise_bank<Scheme, Range, Layout> const& bank) {
    using weights = dsp::depthwise_bank<Scheme, Range, Layout>;
    channels::convolve_rows<channels::scalar_lanes<weights, dsp::channel_requantiser<weights>, 4>>(g, made, out, in, bank);
}

}  // namespace inlay
