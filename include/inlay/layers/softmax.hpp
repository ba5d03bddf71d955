// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/overlap.hpp>
#include <inlay/kernels/softmax.hpp>

#include <array>
#include <type_traits>

namespace inlay {

/// e^(beta * x), divided by the sum of these along the last axis.
///   input   [..., C]    float, int8
///   output  [..., C]    int8: scale 1 / 256, zero point -128
///   error   float: 5e-7 relative; int8: bit-exact with the TFLite reference kernel
///   source  TFLite SOFTMAX; ONNX Softmax of the last axis
template <softmax_options Options = softmax_options{}>
struct softmax {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        using element = typename In::value_type;
        static_assert(expect<Layer, got_type<element>, wanted_type<nearest_computed<element>>>(
            "softmax: the input's element type (got) is neither float nor int8 (wanted)"));
        static_assert(expect<Layer, got<0>, below<In::shape.rank>>("softmax: the input is a scalar; it has no axis to sum along"));
        if constexpr (std::is_same_v<element, std::int8_t>) {
            static_assert(expect<Layer, got<Options.output>, wanted<softmax_quantisation>>(
                "softmax: the output's quantisation (got) is not scale 1 / 256, zero point -128 (wanted)"));
            static_assert(expect<Layer, got<In::shape.last()>, at_most<most_int8_softmax_elements>>(
                "softmax: the last axis (got) is longer than an int8 softmax can sum (at_most)"));
            static_assert(expect<Layer, got<(softmax_rescale(Options.beta, In::quantisation.scale) > 1)>, wanted<true>>(
                "softmax: beta times the input's scale is not above 2^-26"));
        }
        return tensor<element, In::shape, Options.output>{};
    }

    template <class Isa, tensor_type In>
    static consteval auto overlap(In) {
        constexpr int element = sizeof(typename In::value_type);
        return std::array{elementwise_overlap(In::size, element, element, order_of<Isa>)};
    }

    template <tensor_type In>
    static consteval int flash_bytes(In) {
        if constexpr (std::is_same_v<typename In::value_type, float>) {
            return 0;
        } else {
            return sizeof(table<In>);
        }
    }

    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in) {
        using element = typename In::value_type;
        constexpr auto g = make_softmax_geometry(In::shape);
        normalise<element>(isa, constant<g, Isa::optimise>{}, out.data(), in.data(), numbers<In>);
    }

private:
    static constexpr int8_exponents exponents(affine in) { return make_exponents(in, Options); }

    template <class In>
    static constexpr int count = portable::count_exponentials(exponents(In::quantisation));

    template <class In>
    static constexpr exponential_table<count<In>> table = make_exponentials<count<In>>(exponents(In::quantisation));

    template <class In>
    static consteval auto make_numbers() {
        if constexpr (std::is_same_v<typename In::value_type, float>) {
            return float_softmax{Options.beta};
        } else {
            return int8_softmax{table<In>.of, count<In>};
        }
    }

    template <class In>
    static constexpr auto numbers = make_numbers<In>();
};

}  // namespace inlay
