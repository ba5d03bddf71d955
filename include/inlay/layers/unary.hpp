// SPDX-License-Identifier: MIT
//
// What operators that map each element by itself have in common.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/overlap.hpp>
#include <inlay/kernels/unary.hpp>
#include <inlay/kernels/window_reading.hpp>

#include <array>
#include <cstdint>
#include <type_traits>

namespace inlay {

/// A map of each element. `Operator::template make<T>(in)` gives the function of one element of type T for the input's
/// quantisation; what it returns is the element type of the result. From int8 to int8 it becomes a table of 256 bytes.
template <class Operator, affine Output>
struct unary {
    /// The element type of the result. By the function that is made, not by `function`, whose type clang 14 may not know yet.
    template <tensor_type In>
    using result_of = decltype(Operator::template make<typename In::value_type>(In::quantisation)(typename In::value_type{}));

    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        using value_type = typename In::value_type;
        constexpr bool is_known = std::is_same_v<value_type, float> || std::is_same_v<value_type, std::int8_t>;
        static_assert(expect<Layer, got<is_known>, wanted<true>>("unary operator: the input's elements are neither float nor int8"));
        constexpr bool input_has_scale = !std::is_same_v<value_type, std::int8_t> || In::quantisation.scale > 0;
        static_assert(expect<Layer, got<input_has_scale>, wanted<true>>("unary operator: the int8 input has no scale"));
        using result = result_of<In>;
        constexpr bool result_has_scale = !std::is_same_v<result, std::int8_t> || Output.scale > 0;
        static_assert(expect<Layer, got<result_has_scale>, wanted<true>>("unary operator: the int8 result has no scale; give `.output`"));
        if constexpr (std::is_same_v<result, std::int8_t> && input_has_scale && result_has_scale) {
            static_assert(expect<Layer, got<function<In>.is_exact(), In::quantisation, Output>, wanted<true, In::quantisation, Output>>(
                "unary operator: the scales of input and output lie outside of what its arithmetic holds"));
            if constexpr (requires { decltype(function<In>)::result_quantisation; }) {
                static_assert(expect<Layer, got<Output>, wanted<decltype(function<In>)::result_quantisation>>(
                    "unary operator: the result's scale and zero point (got) are not those that the operator has (wanted)"));
            }
        }
        return tensor<result, In::shape, Output>{};
    }

    template <tensor_type In>
    static constexpr auto function = Operator::template make<typename In::value_type>(In::quantisation);

    template <tensor_type In>
    static constexpr int8_table table = make_int8_table(function<In>);

    template <class Isa, tensor_type In>
    static consteval auto overlap(In) {
        using result = result_of<In>;
        return std::array{elementwise_overlap(In::size, sizeof(typename In::value_type), sizeof(result), order_of<Isa>)};
    }

    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in) {
        map<Out, In>(isa, Out::size, out.data(), in.data());
    }

    // Its parts, for streamed networks.

    template <tensor_type In>
    static consteval window_reading reading(In) {
        return elementwise_reading;
    }

    template <int Count, tensor_type Out, tensor_type In, class Isa>
    static constexpr void make_pixels(Isa isa, typename Out::value_type* out, typename In::value_type const* in) {
        map<Out, In>(isa, Count * pixel_size<In>, out, in);
    }

    template <tensor_type In>
    static consteval int flash_bytes(In) {
        using result = result_of<In>;
        return is_table<tensor<result, In::shape>, In> ? int8_table::size : 0;
    }

private:
    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void map(Isa isa, int count, typename Out::value_type* out, typename In::value_type const* in) {
        if constexpr (is_table<Out, In>) {
            look_up(isa, count, out, in, table<In>);
        } else {
            transform(isa, count, out, in, function<In>);
        }
    }

    template <tensor_type Out, tensor_type In>
    static constexpr bool is_table =
        std::is_same_v<typename Out::value_type, std::int8_t> && std::is_same_v<typename In::value_type, std::int8_t>;
};

}  // namespace inlay
