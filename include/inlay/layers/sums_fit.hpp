// SPDX-License-Identifier: MIT
//
// The proof on which the kernels for an instruction set rest: they have fewer bits, or fewer instructions to round, than any sum
// would need, and are exact because of what the weights are. The tool packs only layers for which that holds; a header asserts it
// of the tables which it holds.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/constant.hpp>
#include <inlay/core/scheme.hpp>
#include <inlay/core/tensor.hpp>

#include <algorithm>
#include <utility>

namespace inlay {

namespace sums_fit_parts {

/// Neither the input's nor the output's quantisation moves a sum, as they are folded into its start.
template <auto const& Weights>
inline constexpr auto bank = bank_of(Weights, affine{}, constant<int8_output{}>{});

template <auto const& Weights>
consteval int channels() {
    if constexpr (requires { bank<Weights>.channel_count; }) {
        return bank<Weights>.channel_count;
    } else if constexpr (requires { value_of(bank<Weights>.layout).channels; }) {
        return value_of(bank<Weights>.layout).channels;
    } else {
        return Weights.filter_shape[0];
    }
}

/// Channels that are looked at together: compilers bound the steps of one evaluation.
template <auto const& Weights>
inline constexpr int together = std::max(1, 16384 / std::max(1, Weights.filter_shape.size() / channels<Weights>()));

/// The first channel of a part that is not proven, or the end of the part.
template <auto const& Weights, int Part>
inline constexpr int proven = [] {
    int o = Part * together<Weights>;
    int const end = std::min(o + together<Weights>, channels<Weights>());
    while (o < end && bank<Weights>.proves(o)) ++o;
    return o;
}();

/// The first channel that is not proven, or the number of channels.
template <auto const& Weights>
inline constexpr int first_unproven = []<int... Part>(std::integer_sequence<int, Part...>) {
    int first = 0;
    (void)((first = proven<Weights, Part>, first == std::min((Part + 1) * together<Weights>, channels<Weights>())) && ...);
    return first;
}(std::make_integer_sequence<int, (channels<Weights>() + together<Weights> - 1) / together<Weights>>{});

}  // namespace sums_fit_parts

/// Names the weights in an error.
template <auto const& Weights>
struct sums_of {};

/// Whether the kernel of packed int8 weights is exact whatever the image holds: `static_assert(sums_fit<conv2d_1_weights>());`
template <auto const& Weights>
consteval bool sums_fit() {
    static_assert(expect<sums_of<Weights>, got<sums_fit_parts::first_unproven<Weights>>, wanted<sums_fit_parts::channels<Weights>()>>(
        "sums_fit: a channel (got) has sums for which its kernel is not exact, of as many (wanted); write the header again with `inlay compile`"));
    return true;
}

}  // namespace inlay
