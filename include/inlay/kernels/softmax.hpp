// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/core/scheme.hpp>
#include <inlay/core/shape.hpp>
#include <inlay/core/tensor.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay {

struct softmax_options {
    float beta = 1;
    affine output = {};  ///< quantisation of the result

    friend constexpr bool operator==(softmax_options const&, softmax_options const&) = default;
};

/// The sizes of a softmax: so many vectors of so many elements, the last axis.
struct softmax_geometry {
    int vectors;
    int elements;
};

constexpr softmax_geometry make_softmax_geometry(shape const& in) {
    return {.vectors = in.size() / in.last(), .elements = in.last()};
}

/// The quantisation that an int8 softmax writes.
inline constexpr affine softmax_quantisation{1.0F / 256, -128};

/// The most elements of an int8 softmax, as their exponentials are summed with 12 integer bits.
inline constexpr int most_int8_softmax_elements = 4095;

/// How differences to the largest element become exponents, in fixed point with 5 integer bits.
struct int8_exponents {
    fixed_point rescale;
    int lowest_difference;  ///< below it the exponential counts as 0

    friend constexpr bool operator==(int8_exponents const&, int8_exponents const&) = default;
};

/// e^(beta * scale * difference) as 31 bits behind the point, for differences to the largest element of 0, -1, ...; behind `count`
/// of them it counts as 0.
struct int8_softmax {
    std::uint32_t const* exponentials;
    int count;
};

/// The table of an int8_softmax.
template <int Count>
struct exponential_table {
    std::uint32_t of[Count];
};

struct float_softmax {
    float beta;

    friend constexpr bool operator==(float_softmax const&, float_softmax const&) = default;
};

/// beta * scale in Q5, before it is cut to 31 bits. It must be above 1.
constexpr double softmax_rescale(float beta, float input_scale) {
    return static_cast<double>(beta) * static_cast<double>(input_scale) * (1 << 26);
}

/// How an int8 softmax makes exponents.
///   source  TFLite PreprocessSoftmaxScaling, CalculateInputRadius
constexpr int8_exponents make_exponents(affine in, softmax_options const& options) {
    double const factor = std::min(softmax_rescale(options.beta, in.scale), 2147483647.0);
    // From here on the shift would be 31, and any difference but 0 outside the format.
    if (factor >= 1073741823.75) return {{}, 0};
    auto const rescale = to_fixed_point(factor);
    return {rescale, -static_cast<int>((std::int64_t{31} << 26) >> rescale.shift)};
}

}  // namespace inlay

#include <inlay/kernels/portable/softmax.hpp>  // IWYU pragma: export
