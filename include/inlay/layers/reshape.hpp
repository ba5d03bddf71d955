// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/tensor.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/reshape.hpp>

namespace inlay {

/// The same elements under another shape; neither code nor memory.
///   input   any element type and shape
///   output  the shape in the options; the input's quantisation
///   error   exact
///   source  TFLite RESHAPE; ONNX Reshape, Flatten
template <reshape_options Options>
struct reshape {
    static constexpr bool is_alias = true;

    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        static_assert(expect<Layer, got<Options.to.size()>, wanted<In::size>>(
            "reshape: the new shape's elements (got) are not as many as the input's (wanted)"));
        return tensor<typename In::value_type, Options.to, In::quantisation>{};
    }
};

/// An operator of one input, whose result has another shape with as many elements: `reshaped<shape{1, 2}, softmax<>>`.
template <shape To, class Operation>
struct reshaped : Operation {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        using made = made_of<Layer, In>;
        static_assert(expect<Layer, got<To.size()>, wanted<made::size>>(
            "reshaped: the new shape's elements (got) are not as many as the operator makes (wanted)"));
        return tensor<typename made::value_type, To, made::quantisation>{};
    }

    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in) {
        Operation::eval(isa, view<made_of<reshaped, In>>{out.data()}, in);
    }

private:
    template <class Layer, class In>
    using made_of = decltype(Operation::template output<Layer>(In{}));
};

}  // namespace inlay
