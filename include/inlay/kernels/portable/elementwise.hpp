// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/scheme.hpp>
#include <inlay/kernels/elementwise.hpp>
#include <inlay/kernels/portable/int8_rescale.hpp>

#include <algorithm>
#include <cstdint>
#include <type_traits>

namespace inlay {

/// An int8 sum or difference: both operands are brought to one scale with `headroom` more bits, then added.
///   source  TFLite ADD, SUB: reference integer kernels
struct int8_sum {
    static constexpr int headroom = 20;

    int zero_point_a;
    int zero_point_b;
    fixed_point factor_a;
    fixed_point factor_b;
    fixed_point rescale;
    int8_output output;
    bool subtract;

    constexpr std::int8_t operator()(std::int8_t a, std::int8_t b) const {
        auto const scaled_a = rounding::twice::multiply((a - zero_point_a) * (1 << headroom), factor_a);
        auto const scaled_b = rounding::twice::multiply((b - zero_point_b) * (1 << headroom), factor_b);
        return to_int8(rounding::twice::multiply(subtract ? scaled_a - scaled_b : scaled_a + scaled_b, rescale), output);
    }

    /// Whether the scales lie where the arithmetic holds: no factor above 1.
    constexpr bool is_exact() const { return factor_a.shift <= 0 && factor_b.shift <= 0 && rescale.shift <= 0; }

    friend constexpr bool operator==(int8_sum const&, int8_sum const&) = default;
};

/// An int8 product.
///   source  TFLite MUL: reference integer kernel
struct int8_product {
    int zero_point_a;
    int zero_point_b;
    fixed_point rescale;
    int8_output output;

    constexpr std::int8_t operator()(std::int8_t a, std::int8_t b) const {
        return to_int8(rounding::twice::multiply((a - zero_point_a) * (b - zero_point_b), rescale), output);
    }

    /// Whether the scales lie where the arithmetic holds: the largest product, 2^16, stays within 32 bits once it is shifted.
    constexpr bool is_exact() const { return rescale.shift <= 14; }

    friend constexpr bool operator==(int8_product const&, int8_product const&) = default;
};

struct float_sum {
    float_output output;
    constexpr float operator()(float a, float b) const { return std::min(std::max(a + b, output.lowest), output.highest); }
};
struct float_difference {
    float_output output;
    constexpr float operator()(float a, float b) const { return std::min(std::max(a - b, output.lowest), output.highest); }
};
struct float_product {
    float_output output;
    constexpr float operator()(float a, float b) const { return std::min(std::max(a * b, output.lowest), output.highest); }
};

/// The arithmetic of add for operands and a result of these quantisations; the factors are computed in double.
template <class T>
constexpr auto make_add(affine a, affine b, elementwise_options const& options) {
    if constexpr (std::is_same_v<T, float>) {
        return float_sum{float32::output_of(options.output, options.activation)};
    } else {
        double const common = 2 * static_cast<double>(std::max(a.scale, b.scale));
        return int8_sum{.zero_point_a = a.zero_point,
                        .zero_point_b = b.zero_point,
                        .factor_a = to_fixed_point(static_cast<double>(a.scale) / common),
                        .factor_b = to_fixed_point(static_cast<double>(b.scale) / common),
                        .rescale = to_fixed_point(common / ((1 << int8_sum::headroom) * static_cast<double>(options.output.scale))),
                        .output = int8_per_tensor::output_of(options.output, options.activation),
                        .subtract = false};
    }
}

/// The arithmetic of sub; the factors are computed in float, as the reference does.
template <class T>
constexpr auto make_sub(affine a, affine b, elementwise_options const& options) {
    if constexpr (std::is_same_v<T, float>) {
        return float_difference{float32::output_of(options.output, options.activation)};
    } else {
        float const common = 2 * std::max(a.scale, b.scale);
        return int8_sum{.zero_point_a = a.zero_point,
                        .zero_point_b = b.zero_point,
                        .factor_a = to_fixed_point(static_cast<double>(a.scale / common)),
                        .factor_b = to_fixed_point(static_cast<double>(b.scale / common)),
                        .rescale = to_fixed_point(static_cast<double>(common / (float{1 << int8_sum::headroom} * options.output.scale))),
                        .output = int8_per_tensor::output_of(options.output, options.activation),
                        .subtract = true};
    }
}

/// The arithmetic of mul.
template <class T>
constexpr auto make_mul(affine a, affine b, elementwise_options const& options) {
    if constexpr (std::is_same_v<T, float>) {
        return float_product{float32::output_of(options.output, options.activation)};
    } else {
        return int8_product{.zero_point_a = a.zero_point,
                            .zero_point_b = b.zero_point,
                            .rescale = to_fixed_point(static_cast<double>(a.scale) * static_cast<double>(b.scale) /
                                                      static_cast<double>(options.output.scale)),
                            .output = int8_per_tensor::output_of(options.output, options.activation)};
    }
}

namespace portable {

template <class Geometry, class T, class Function>
constexpr void combine_rows(Geometry const& geometry, T* out, T const* a, T const* b, Function const& function) {
    elementwise_geometry const& g = value_of(geometry);
    for (int row = 0; row < g.rows(); ++row) {
        T const* left = a + g.offset(0, row);
        T const* right = b + g.offset(1, row);
        for (int x = 0; x < g.extent.last(); ++x) {
            *out++ = function(left[x * g.inner_step(0)], right[x * g.inner_step(1)]);
        }
    }
}

}  // namespace portable

/// Makes each element of `out` from an element of `a` and one of `b`.
template <class T, class Function>
constexpr void combine(isa::portable, elementwise_geometry const& geometry, T* out, T const* a, T const* b, Function const& function) {
    portable::combine_rows(geometry, out, a, b, function);
}

template <auto Geometry, class T, class Function>
constexpr void combine(isa::portable, constant<Geometry, policy::speed> geometry, T* out, T const* a, T const* b,
                       Function const& function) {
    portable::combine_rows(geometry, out, a, b, function);
}

}  // namespace inlay
