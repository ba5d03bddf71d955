// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/q31.hpp>
#include <inlay/core/math.hpp>
#include <inlay/kernels/softmax.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>

namespace inlay {
namespace portable {

constexpr void normalise_exponentials(float* out, float const* in, int elements, float_softmax const& by) {
    float largest = in[0];
    for (int i = 1; i < elements; ++i) largest = std::max(largest, in[i]);
    float sum = 0;
    for (int i = 0; i < elements; ++i) {
        out[i] = math::exp((in[i] - largest) * by.beta);
        sum += out[i];
    }
    for (int i = 0; i < elements; ++i) out[i] /= sum;
}

/// e^(beta * scale * difference) in Q0.
constexpr std::int32_t exponential(int difference, int8_softmax const& by) {
    return q31::exp_of_negative<5>(rounding::twice::multiply(difference, by.rescale));
}

constexpr void normalise_exponentials(std::int8_t* out, std::int8_t const* in, int elements, int8_softmax const& by) {
    int largest = in[0];
    for (int i = 1; i < elements; ++i) largest = std::max<int>(largest, in[i]);

    std::int32_t sum = 0;  // Q12
    for (int i = 0; i < elements; ++i) {
        int const difference = in[i] - largest;
        if (difference >= by.lowest_difference) sum += rounding_shift_right(exponential(difference, by), 12);
    }
    // sum = (1 + f) * 2^k with 0 <= f < 1, so that 1 / sum is a Newton iteration and a shift. The sum is at least 1.
    int const headroom = std::countl_zero(static_cast<std::uint32_t>(sum));
    auto const f = static_cast<std::int32_t>((static_cast<std::uint32_t>(sum) << headroom) - (std::uint32_t{1} << 31));
    std::int32_t const reciprocal = q31::reciprocal_of_one_plus(f);
    int const shift = 12 - headroom + 31 - 8;

    for (int i = 0; i < elements; ++i) {
        int const difference = in[i] - largest;
        int result = -128;
        if (difference >= by.lowest_difference) {
            result += rounding_shift_right(doubling_high_product(reciprocal, exponential(difference, by)), shift);
        }
        out[i] = static_cast<std::int8_t>(std::min(result, 127));
    }
}

template <class T, class Geometry, class Numbers>
constexpr void softmax_vectors(Geometry const& geometry, T* out, T const* in, Numbers const& by) {
    softmax_geometry const& g = value_of(geometry);
    for (int v = 0; v < g.vectors; ++v) normalise_exponentials(out + v * g.elements, in + v * g.elements, g.elements, by);
}

}  // namespace portable

/// Softmax of every vector.
template <computed_element T, class Numbers>
constexpr void normalise(isa::portable, softmax_geometry const& geometry, T* out, T const* in, Numbers const& by) {
    portable::softmax_vectors<T>(geometry, out, in, by);
}

template <computed_element T, auto Geometry, class Numbers>
constexpr void normalise(isa::portable, constant<Geometry, policy::speed> geometry, T* out, T const* in, Numbers const& by) {
    portable::softmax_vectors<T>(geometry, out, in, by);
}

}  // namespace inlay
