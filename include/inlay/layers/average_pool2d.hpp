// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/portable/sums.hpp>
#include <inlay/layers/pool2d.hpp>

#include <algorithm>

namespace inlay {

/// Average pooling, each channel by itself: the mean of the window's pixels inside the image; for int8 rounded half away
/// from zero.
///   input   [N, H, W, C]    float, int8
///   output  [N, H', W', C]  H' = ceil(H / stride) for same, floor((H - filter_h) / stride) + 1 for valid
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite AVERAGE_POOL_2D; ONNX AveragePool (count_include_pad 0), GlobalAveragePool
template <pool2d_options Options = pool2d_options{}>
struct average_pool2d : pool2d<Options> {
    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in) {
        constexpr auto const& g = pool2d<Options>::template geometry<In>;
        make_rows<Out, In>(with_order(isa), g.all_rows(order_of<Isa>), {out.data(), g.out.w() * g.out.c()}, {in.data(), g.in.w() * g.in.c()});
    }

    // Its parts, for streamed networks.

    static constexpr bool makes_rows = true;

    template <tensor_type In>
        requires(In::shape.n() == 1)
    static consteval window_reading reading(In) {
        return average_reading_of(pool2d<Options>::template geometry<In>);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void make_rows(Isa isa, rows made, row_view<typename Out::value_type> out, row_view<typename In::value_type const> in) {
        using element = typename In::value_type;
        pool_average<element>(isa, constant<pool2d<Options>::template geometry<In>, Isa::optimise>{}, made, out, in, pool2d<Options>::template kept<element>);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void start(Isa, typename scheme_of_element<typename In::value_type>::accumulator* sums) {
        std::fill_n(sums, Out::shape.c(), typename scheme_of_element<typename In::value_type>::accumulator{0});
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void add(Isa isa, typename scheme_of_element<typename In::value_type>::accumulator* sums, typename In::value_type const* in,
                              int, int count) {
        add_pixels(isa, Out::shape.c(), sums, in, count);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void finish(Isa isa, typename Out::value_type* out,
                                 typename scheme_of_element<typename In::value_type>::accumulator const* sums) {
        using element = typename In::value_type;
        finish_average<element>(isa, Out::shape.c(), out, sums, In::shape.h() * In::shape.w(), pool2d<Options>::template kept<element>);
    }
};

}  // namespace inlay
