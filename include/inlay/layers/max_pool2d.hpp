// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/layers/pool2d.hpp>

namespace inlay {

/// Maximum pooling, each channel by itself: the largest of the window's pixels inside the image.
///   input   [N, H, W, C]    float, int8
///   output  [N, H', W', C]  H' = ceil(H / stride) for same, floor((H - filter_h) / stride) + 1 for valid
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite MAX_POOL_2D; ONNX MaxPool
template <pool2d_options Options = pool2d_options{}>
struct max_pool2d : pool2d<Options> {
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
        return sliding_reading(pool2d<Options>::template geometry<In>, Options.filter_h, Options.filter_w);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void make_rows(Isa isa, rows made, row_view<typename Out::value_type> out, row_view<typename In::value_type const> in) {
        using element = typename In::value_type;
        pool_max<element>(isa, constant<pool2d<Options>::template geometry<In>, Isa::optimise>{}, made, out, in, pool2d<Options>::template kept<element>);
    }
};

}  // namespace inlay
