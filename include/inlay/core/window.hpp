// SPDX-License-Identifier: MIT
#pragma once

namespace inlay {

/// How many zeros (for int8: zero points) surround an image before a window slides over it.
///   same     as many as make the output ceil(input / stride), the odd one at the bottom and right
///   valid    none
///   given    the four numbers
struct padding {
    enum class kind { valid, same, given } mode = kind::valid;
    int top = 0;
    int bottom = 0;
    int left = 0;
    int right = 0;

    static padding const same;
    static padding const valid;

    friend constexpr bool operator==(padding const&, padding const&) = default;
};

inline constexpr padding padding::same{padding::kind::same};
inline constexpr padding padding::valid{};

/// One axis of a sliding window: how many positions it takes, and how far before the image it starts.
struct window {
    int positions;
    int before;
};

/// The positions of a window of `taps` taps, `dilation` apart, that moves by `stride`. None if the window does not fit.
///   source  TFLite ComputeOutSize, ComputePaddingWithOffset
constexpr window slide(int extent, int taps, int stride, int dilation, padding::kind mode, int before, int after) {
    int const reach = (taps - 1) * dilation + 1;
    switch (mode) {
        case padding::kind::same: {
            int const positions = (extent + stride - 1) / stride;
            int const missing = (positions - 1) * stride + reach - extent;
            return {positions, missing > 0 ? missing / 2 : 0};
        }
        case padding::kind::given: extent += before + after; break;
        case padding::kind::valid: before = 0; break;
    }
    return {extent < reach ? 0 : (extent - reach) / stride + 1, before};
}

/// The vertical and the horizontal window of a filter over an image.
constexpr window slide_rows(int extent, int taps, int stride, int dilation, padding const& pad) {
    return slide(extent, taps, stride, dilation, pad.mode, pad.top, pad.bottom);
}
constexpr window slide_columns(int extent, int taps, int stride, int dilation, padding const& pad) {
    return slide(extent, taps, stride, dilation, pad.mode, pad.left, pad.right);
}

}  // namespace inlay
