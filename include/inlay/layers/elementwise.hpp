// SPDX-License-Identifier: MIT
//
// What add, sub and mul have in common.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/elementwise.hpp>
#include <inlay/kernels/window_reading.hpp>

#include <array>
#include <cstdint>
#include <type_traits>

namespace inlay {

/// An operator of two tensors that broadcast to one shape. `Arithmetic::make<T>(a, b)` gives the function of two elements
/// for the operands' quantisations.
template <class Arithmetic, elementwise_options Options>
struct elementwise {
    template <class Layer, tensor_type A, tensor_type B>
    static consteval auto output(A, B) {
        constexpr bool is_known = std::is_same_v<typename A::value_type, float> || std::is_same_v<typename A::value_type, std::int8_t>;
        static_assert(expect<Layer, got<is_known>, wanted<true>>("elementwise: the operands are neither float nor int8"));
        static_assert(expect<Layer, got_type<typename B::value_type>, wanted_type<typename A::value_type>>(
            "elementwise: the second operand's element type (got) is not the first's (wanted)"));
        static_assert(expect<Layer, got<can_broadcast(A::shape, B::shape), A::shape, B::shape>, wanted<true, A::shape, B::shape>>(
            "elementwise: the shapes of the operands differ on an axis where neither has a single element"));
        if constexpr (std::is_same_v<typename A::value_type, std::int8_t>) {
            constexpr bool a_has_scale = A::quantisation.scale > 0;
            constexpr bool b_has_scale = B::quantisation.scale > 0;
            constexpr bool has_scale = Options.output.scale > 0;
            static_assert(expect<Layer, got<a_has_scale, b_has_scale, has_scale>, wanted<true, true, true>>(
                "elementwise: the first int8 operand, the second or the result has no scale (got false); give `.output`"));
            if constexpr (a_has_scale && b_has_scale && has_scale) {
                static_assert(expect<Layer, got<arithmetic<A, B>.is_exact(), Options.output>, wanted<true, Options.output>>(
                    "elementwise: the result's scale (got) is too small for those of the operands"));
            }
        }
        return tensor<typename A::value_type, broadcast_shape(A::shape, B::shape), Options.output>{};
    }

    template <tensor_type A, tensor_type B>
    static constexpr elementwise_geometry geometry = make_elementwise_geometry(A::shape, B::shape);

    template <tensor_type A, tensor_type B>
    static constexpr auto arithmetic =
        Arithmetic::template make<typename A::value_type>(A::quantisation, B::quantisation, Options);

    template <class Isa, tensor_type A, tensor_type B>
    static consteval auto overlap(A, B) {
        constexpr int element = sizeof(typename A::value_type);
        constexpr shape out = broadcast_shape(A::shape, B::shape);
        return std::array{elementwise_operand_overlap(A::shape, out, element, order_of<Isa>),
                          elementwise_operand_overlap(B::shape, out, element, order_of<Isa>)};
    }

    template <class Isa, tensor_type Out, tensor_type A, tensor_type B>
    static constexpr void eval(Isa isa, view<Out> out, const_view<A> a, const_view<B> b) {
        combine(isa, constant<geometry<A, B>, Isa::optimise>{}, out.data(), a.data(), b.data(), arithmetic<A, B>);
    }

    // Its parts, for streamed networks: no operand is repeated.

    template <tensor_type A, tensor_type B>
        requires(A::shape == B::shape)
    static consteval window_reading reading(A, B) {
        return elementwise_reading;
    }

    template <int Count, tensor_type Out, tensor_type A, tensor_type B, class Isa>
    static constexpr void make_pixels(Isa isa, typename Out::value_type* out, typename A::value_type const* a, typename B::value_type const* b) {
        constexpr shape part{Count * pixel_size<A>};
        constexpr auto g = make_elementwise_geometry(part, part);
        combine(isa, constant<g, Isa::optimise>{}, out, a, b, arithmetic<A, B>);
    }
};

}  // namespace inlay
