// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>
#include <inlay/core/fixed_point.hpp>
#include <inlay/core/tensor.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace inlay {

/// Where an int8 layer's results lie: the zero point that is added, and the range that is kept.
struct int8_output {
    int zero_point = 0;
    int lowest = -128;
    int highest = 127;

    friend constexpr bool operator==(int8_output const&, int8_output const&) = default;
};

/// The range of a float layer's results.
struct float_output {
    float lowest = -std::numeric_limits<float>::max();
    float highest = std::numeric_limits<float>::max();

    friend constexpr bool operator==(float_output const&, float_output const&) = default;
};

/// Nothing is rescaled in float.
struct no_rescale {};

/// A quantisation scheme says which types a layer with weights computes in, and how a sum becomes a result.
template <class S>
concept quantisation_scheme = requires {
    typename S::activation;
    typename S::weight;
    typename S::bias;
    typename S::accumulator;
    typename S::rescale;
    typename S::output;
    { S::rescales(1) } -> std::convertible_to<int>;
};

/// Everything in float32.
struct float32 {
    using activation = float;
    using weight = float;
    using bias = float;
    using accumulator = float;
    using rescale = no_rescale;
    using output = float_output;

    /// Entries of the rescale table for so many output channels; at least 1, so that the table is an object.
    static constexpr int rescales(int) { return 1; }

    static constexpr output output_of(affine, activation_function function) {
        auto const kept = real_range(function);
        return {kept.lowest, kept.highest};
    }

    static constexpr float requantise(float sum, no_rescale const*, int, output const& to) {
        return std::min(std::max(sum, to.lowest), to.highest);
    }
};

/// int8 activations with a scale and a zero point, symmetric int8 weights, int32 sums.
///   source  TFLite 8-bit quantization specification
template <bool PerChannel, class Rounding>
struct int8_scheme {
    using activation = std::int8_t;
    using weight = std::int8_t;
    using bias = std::int32_t;
    using accumulator = std::int32_t;
    using rescale = fixed_point;
    using output = int8_output;
    using rounding = Rounding;

    static constexpr int rescales(int channels) { return PerChannel ? channels : 1; }

    static constexpr output output_of(affine quantisation, activation_function function) {
        auto const kept = int8_range(function, quantisation);
        return {quantisation.zero_point, kept.lowest, kept.highest};
    }

    static constexpr std::int8_t requantise(std::int32_t sum, fixed_point const* factors, int channel, output const& to) {
        int const scaled = Rounding::multiply(sum, factors[PerChannel ? channel : 0]);
        // Clamped before the zero point is added, so that the sum cannot overflow.
        return static_cast<std::int8_t>(std::clamp(scaled, to.lowest - to.zero_point, to.highest - to.zero_point) + to.zero_point);
    }
};

/// One weight scale for the whole layer.
using int8_per_tensor = int8_scheme<false, rounding::twice>;

/// One weight scale for each output channel.
using int8_per_channel = int8_scheme<true, rounding::twice>;

template <class T>
struct element_scheme {};
template <>
struct element_scheme<float> {
    using type = float32;
};
template <>
struct element_scheme<std::int8_t> {
    using type = int8_per_tensor;
};

/// The scheme of a layer without weights, which follows from its element type.
template <class T>
using scheme_of_element = typename element_scheme<T>::type;

/// Element types that a layer without weights computes in.
template <class T>
concept computed_element = requires { typename element_scheme<T>::type; };

/// The type itself if layers compute in it, for messages otherwise one that they compute in.
template <class T>
using nearest_computed = std::conditional_t<computed_element<T>, T, std::int8_t>;

}  // namespace inlay
