// SPDX-License-Identifier: MIT
//
// What average_pool2d and max_pool2d have in common.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/pool2d.hpp>

#include <array>

namespace inlay {

/// Shape inference of a pooling.
template <pool2d_options Options>
struct pool2d {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        static_assert(expect<Layer, got_type<typename In::value_type>, wanted_type<nearest_computed<typename In::value_type>>>(
            "pool2d: the input's element type (got) is neither float nor int8 (wanted)"));
        static_assert(expect<Layer, got<In::shape.rank>, wanted<4>>(
            "pool2d: the input's rank (got) is not that of an image"));
        static_assert(expect<Layer, got<0>, below<geometry<In>.out.h()>>(
            "pool2d: the window is higher than the padded image; rows of the result (below)"));
        static_assert(expect<Layer, got<0>, below<geometry<In>.out.w()>>(
            "pool2d: the window is wider than the padded image; columns of the result (below)"));
        static_assert(expect<Layer, got<windows_touch_image(Options)>, wanted<true>>(
            "pool2d: the padding is as wide as the window, which then has no pixel to pool"));
        static_assert(expect<Layer, got<Options.output.zero_point>, wanted<In::quantisation.zero_point>>(
            "pool2d: the output's zero point (got) is not the input's (wanted)"));
        return tensor<typename In::value_type, geometry<In>.out, Options.output>{};
    }

    template <tensor_type In>
    static constexpr pool2d_geometry geometry = make_pool2d_geometry(In::shape, Options);

    template <class Isa, tensor_type In>
    static consteval auto overlap(In) {
        return std::array{overlap_of(geometry<In>, sizeof(typename In::value_type), order_of<Isa>)};
    }

    template <class T>
    static constexpr auto kept = scheme_of_element<T>::output_of(Options.output, Options.activation);
};

}  // namespace inlay
