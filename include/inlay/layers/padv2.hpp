// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/layers/pad.hpp>

#include <type_traits>

namespace inlay {

/// A value around a tensor.
///   input   any element type, rank 0 to 6; the value, if it is not the constant in the options: one element of the same type
///   output  on each axis as many elements more as `before` and `after` say; the input's quantisation
///   error   exact
///   source  TFLite PADV2; ONNX Pad
template <pad_options Options = pad_options{}>
struct padv2 : private padding_layer<Options> {
    template <class Layer, tensor_type In>
    static consteval auto output(In in) {
        using value_type = typename In::value_type;
        if constexpr (!std::is_same_v<value_type, float>) {
            static_assert(expect<Layer, got<(Options.value >= -128 && Options.value <= 127), Options>, wanted<true, Options>>(
                "padv2: the value is not an int8 number"));
        }
        return padding_layer<Options>::template padded<Layer>(in);
    }
    template <class Layer, tensor_type In, tensor_type Value>
    static consteval auto output(In in, Value) {
        static_assert(expect<Layer, got_type<typename Value::value_type>, wanted_type<typename In::value_type>>(
            "padv2: the value's element type (got) is not the input's (wanted)"));
        static_assert(expect<Layer, got<Value::size>, wanted<1>>(
            "padv2: the value is not a single element"));
        static_assert(expect<Layer, got<Value::quantisation>, wanted<In::quantisation>>(
            "padv2: the value's quantisation (got) is not the input's (wanted)"));
        return padding_layer<Options>::template padded<Layer>(in);
    }

    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in) {
        pad_tensor(isa, padding_layer<Options>::template geometry<In>, out.data(), in.data(),
                   static_cast<typename In::value_type>(Options.value));
    }
    template <class Isa, tensor_type Out, tensor_type In, tensor_type Value>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in, const_view<Value> value) {
        pad_tensor(isa, padding_layer<Options>::template geometry<In>, out.data(), in.data(), value[0]);
    }
};

}  // namespace inlay
