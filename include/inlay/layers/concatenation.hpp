// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/concatenation.hpp>

namespace inlay {

/// Tensors one behind the other along an axis.
///   input   any number of tensors of one element type and quantisation; their shapes agree but for the axis
///   output  the same shape with the sum of the extents on the axis
///   error   exact
///   source  TFLite CONCATENATION; ONNX Concat
template <concatenation_options Options = concatenation_options{}>
struct concatenation {
    template <class Layer, tensor_type First, tensor_type... Rest>
    static consteval auto output(First, Rest...) {
        static_assert(expect<Layer, got<Options.activation>, wanted<activation_function::none>>(
            "concatenation: a fused activation (got) is not supported, put a layer behind"));
        static_assert(expect<Layer, got<(axis<First> >= 0), Options.axis, First::shape.rank>,
                             wanted<true, Options.axis, First::shape.rank>>(
            "concatenation: the axis (second) does not exist in a tensor of this rank (third)"));
        if constexpr (!(Options.output == affine{})) {
            static_assert(expect<Layer, got<Options.output>, wanted<First::quantisation>>(
                "concatenation: the result's quantisation (got) is not the inputs' (wanted)"));
        }
        [[maybe_unused]] bool const each[] = {true, check<Layer, First, Rest>()...};
        shape constexpr out = [] {
            shape sum = First::shape;
            for (int extent : {0, Rest::shape[axis<First>]...}) sum[axis<First>] += extent;
            return sum;
        }();
        return tensor<typename First::value_type, out, First::quantisation>{};
    }

    template <class Isa, tensor_type Out, tensor_type... In>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In>... in) {
        auto* place = out.data();
        [[maybe_unused]] int const each[] = {(copy_runs(isa, geometry<In, Out>, place, in.data()), place += geometry<In, Out>.length, 0)...};
    }

private:
    template <tensor_type In>
    static constexpr int axis = concatenation_axis(In::shape.rank, Options);

    template <tensor_type In, tensor_type Out>
    static constexpr concatenation_geometry geometry = make_concatenation_geometry(In::shape, Out::shape, axis<Out>);

    template <class Layer, tensor_type First, tensor_type Other>
    static consteval bool check() {
        static_assert(expect<Layer, got_type<typename Other::value_type>, wanted_type<typename First::value_type>>(
            "concatenation: an input's element type (got) is not that of the first (wanted)"));
        static_assert(expect<Layer, got<can_concatenate(Other::shape, First::shape, axis<First>), Other::shape, First::shape>,
                             wanted<true, Other::shape, First::shape>>(
            "concatenation: an input's shape differs from the first's, which stands behind it, on another axis than that of the concatenation"));
        static_assert(expect<Layer, got<Other::quantisation>, wanted<First::quantisation>>(
            "concatenation: an input's quantisation (got) is not that of the first (wanted)"));
        return true;
    }
};

}  // namespace inlay
