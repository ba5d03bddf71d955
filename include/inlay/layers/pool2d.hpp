// SPDX-License-Identifier: MIT
//
// What average_pool2d and max_pool2d have in common.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/pool2d.hpp>

namespace inlay {

/// Shape inference of a pooling.
template <pool2d_options Options>
struct pool2d {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        static_assert(computed_element<typename In::value_type>, "pool2d: the input's element type is neither float nor int8");
        static_assert(expect<Layer, got<In::shape.rank>, wanted<4>>(
            "pool2d: the input's rank (got) is not that of an image"));
        static_assert(geometry<In>.out.h() > 0 && geometry<In>.out.w() > 0, "pool2d: the window is larger than the padded image");
        static_assert(windows_touch_image(Options), "pool2d: the padding is as wide as the window, which then has no pixel to pool");
        static_assert(expect<Layer, got<Options.output.zero_point>, wanted<In::quantisation.zero_point>>(
            "pool2d: the output's zero point (got) is not the input's (wanted)"));
        return tensor<typename In::value_type, geometry<In>.out, Options.output>{};
    }

    template <tensor_type In>
    static constexpr pool2d_geometry geometry = make_pool2d_geometry(In::shape, Options);

    template <class T>
    static constexpr auto kept = scheme_of_element<T>::output_of(Options.output, Options.activation);
};

}  // namespace inlay
