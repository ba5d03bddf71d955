// SPDX-License-Identifier: MIT
//
// What mean and sum have in common.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/portable/sums.hpp>
#include <inlay/kernels/reduce.hpp>
#include <inlay/kernels/window_reading.hpp>

#include <algorithm>

namespace inlay {

/// A reduction whose results are sums, or with `IsMean` means.
template <reduce_options Options, bool IsMean>
struct reduce {
    template <tensor_type In>
    using accumulator = typename scheme_of_element<typename In::value_type>::accumulator;

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

    // Its parts, for streamed networks: sums over all pixels of an image.

    template <tensor_type In>
        requires(covers_pixels(In::shape, Options))
    static consteval window_reading reading(In) {
        return {window_reading::everything};
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void start(Isa, accumulator<In>* sums) {
        std::fill_n(sums, In::shape.c(), accumulator<In>{0});
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void add(Isa isa, accumulator<In>* sums, typename In::value_type const* in, int, int count) {
        add_pixels(isa, In::shape.c(), sums, in, count);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void finish(Isa isa, typename Out::value_type* out, accumulator<In> const* sums) {
        finish_reduction<typename In::value_type>(isa, In::shape.c(), out, sums, In::shape.h() * In::shape.w(), reduction<In>);
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
