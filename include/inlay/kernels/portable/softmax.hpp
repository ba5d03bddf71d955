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

/// e^(beta * scale * -below) as 31 bits behind the point.
constexpr std::uint32_t exponential(int below, int8_exponents const& by) {
    return -below < by.lowest_difference ? 0 : static_cast<std::uint32_t>(q31::exp_of_negative<5>(rounding::twice::multiply(-below, by.rescale)));
}

/// How many exponentials count: below 2^11 one adds nothing to the sum, and makes no result but the least.
constexpr int count_exponentials(int8_exponents const& by) {
    int count = 256;
    while (count > 1 && exponential(count - 1, by) < 1 << 11) --count;
    return count;
}

constexpr void normalise_exponentials(std::int8_t* out, std::int8_t const* in, int elements, int8_softmax const& by) {
    int largest = in[0];
    for (int i = 1; i < elements; ++i) largest = std::max<int>(largest, in[i]);

    std::uint32_t sum = 0;  // 12 integer bits
    for (int i = 0; i < elements; ++i) {
        int const below = largest - in[i];
        if (below < by.count) sum += (by.exponentials[below] + (1U << 11)) >> 12;
    }
    // sum = (1 + f) * 2^k with 0 <= f < 1, so that 1 / sum is a Newton iteration and a shift. The sum is at least 1.
    int const headroom = std::countl_zero(sum);
    auto const f = static_cast<std::int32_t>((sum << headroom) - (1U << 31));
    auto const reciprocal = static_cast<std::uint32_t>(q31::reciprocal_of_one_plus(f));
    int const shift = 12 - headroom + 31 - 8;
    if (shift > 31) {  // as many as 512 of the largest: each is less than half of 1 / 256
        std::fill_n(out, elements, std::int8_t{-128});
        return;
    }

    // The product is rounded to 31 bits, then to 8. Nothing is negative, so that both halves are added at once.
    std::uint64_t const halves = std::uint64_t{1U << (shift - 1)} << 32 | 1U << 31;
    for (int i = 0; i < elements; ++i) {
        int const below = largest - in[i];
        std::uint32_t result = 0;
        if (below < by.count) result = static_cast<std::uint32_t>((halves + std::uint64_t{2 * reciprocal} * by.exponentials[below]) >> 32) >> shift;
        out[i] = static_cast<std::int8_t>(static_cast<int>(std::min<std::uint32_t>(result, 255)) - 128);
    }
}

template <class T, class Geometry, class Numbers>
constexpr void softmax_vectors(Geometry const& geometry, T* out, T const* in, Numbers const& by) {
    softmax_geometry const& g = value_of(geometry);
    for (int v = 0; v < g.vectors; ++v) normalise_exponentials(out + v * g.elements, in + v * g.elements, g.elements, by);
}

}  // namespace portable

/// The first `Count` exponentials.
template <int Count>
constexpr exponential_table<Count> make_exponentials(int8_exponents const& by) {
    exponential_table<Count> table{};
    for (int below = 0; below < Count; ++below) table.of[below] = portable::exponential(below, by);
    return table;
}

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
