// SPDX-License-Identifier: MIT
//
// Which pixels of its input a kernel reads for a pixel of its result.
#pragma once

namespace inlay {

/// An image by its pixels.
struct image_grid {
    int rows;
    int columns;
    int pixel;  ///< bytes

    constexpr int bytes() const { return rows * columns * pixel; }
};

/// One axis of a window: result pixel p reads from first(p) to last(p), as far as the image reaches.
struct sliding {
    int stride = 1;
    int before = 0;  ///< how far the first window starts before the image
    int reach = 1;   ///< pixels that the window spans

    constexpr int first(int position) const { return position * stride - before; }
    constexpr int last(int position) const { return first(position) + reach - 1; }
    constexpr bool is_one_to_one() const { return stride == 1 && before == 0 && reach == 1; }
};

struct window_reading {
    enum kind {
        window,      ///< each pixel of the result from a window of the input
        everything,  ///< the one pixel of the result from sums over all pixels of the input
    } kind = window;
    sliding vertical{};
    sliding horizontal{};
    bool is_elementwise = false;  ///< each element from the ones at its place, so that it may take the place of one of them

    /// Whether each pixel of the result is made from the one pixel at its place.
    constexpr bool is_pixelwise() const { return kind == window && vertical.is_one_to_one() && horizontal.is_one_to_one(); }
};

/// Each element from the ones at its place.
inline constexpr window_reading elementwise_reading{.is_elementwise = true};

/// The reading of a geometry whose window reaches over reach_h * reach_w pixels.
template <class Geometry>
constexpr window_reading sliding_reading(Geometry const& g, int reach_h, int reach_w) {
    return {window_reading::window, {g.stride_h, g.pad_top, reach_h}, {g.stride_w, g.pad_left, reach_w}};
}

/// Whether a window of that size without padding is the whole image, and more than a pixel.
template <class Geometry>
constexpr bool covers_image(Geometry const& g, int reach_h, int reach_w) {
    return g.in.n() == 1 && g.pad_top == 0 && g.pad_left == 0 && reach_h == g.in.h() && reach_w == g.in.w() && reach_h * reach_w > 1;
}

}  // namespace inlay
