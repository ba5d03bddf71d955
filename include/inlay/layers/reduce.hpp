// SPDX-License-Identifier: MIT
//
// What mean and sum have in common.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/reduce.hpp>

namespace inlay {

/// A reduction whose results are sums, or with `IsMean` means.
template <reduce_options Options, bool IsMean>
struct reduce {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        static_assert(expect<Layer, got_type<typename In::value_type>, wanted_type<nearest_computed<typename In::value_type>>>(
            "reduce: the input's element type (got) is neither float nor int8 (wanted)"));
        static_assert(expect<Layer, got<first_axis_beyond(In::shape.rank)>, wanted<max_rank>>(
            "reduce: the input has no such axis (got) to reduce"));
        return tensor<typename In::value_type, reduced_shape(In::shape, Options), Options.output>{};
    }

    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in) {
        using element = typename In::value_type;
        reduce_sum<element>(isa, constant<geometry<In>, Isa::optimise>{}, out.data(), in.data(), reduction<In>);
    }

private:
    template <class In>
    static constexpr reduce_geometry geometry = make_reduce_geometry(In::shape, Options);

    template <class In>
    static constexpr auto reduction = make_reduction<typename In::value_type>(In::quantisation, Options.output,
                                                                              IsMean ? geometry<In>.reduced.size() : 1);

    static consteval int first_axis_beyond(int rank) {
        while (rank < max_rank && !Options.axis[rank]) ++rank;
        return rank;
    }
};

}  // namespace inlay
