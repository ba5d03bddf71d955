// SPDX-License-Identifier: MIT
//
// How far a result may lie over an input that is read for the last time. A kernel overwrites nothing that it still reads if
// its result stays a distance away, which follows from the geometry and from the order in which the kernel stores.
#pragma once

#include <inlay/core/traversal.hpp>

#include <algorithm>
#include <limits>

namespace inlay {

/// Where a result must not lie: low < result's offset - input's offset < high.
struct overlap_rule {
    int low;
    int high;
    bool same_address = false;  ///< but the result may start where the input starts

    constexpr bool forbids(int result_offset, int input_offset) const {
        int const apart = result_offset - input_offset;
        return low < apart && apart < high && !(same_address && apart == 0);
    }

    /// What both rules allow.
    friend constexpr overlap_rule operator&(overlap_rule const& a, overlap_rule const& b) {
        return {std::min(a.low, b.low), std::max(a.high, b.high), a.same_address && b.same_address};
    }
};

/// The rule of a kernel that can do nothing but overwrite its input, and of one that cannot do what it is asked for.
inline constexpr overlap_rule same_address_only{std::numeric_limits<int>::min(), std::numeric_limits<int>::max(), true};
inline constexpr overlap_rule nowhere{std::numeric_limits<int>::min(), std::numeric_limits<int>::max()};

/// The rule of kernels that make no promise: no byte in common.
constexpr overlap_rule disjoint(int in_bytes, int out_bytes) { return {-out_bytes, in_bytes}; }

/// The rule for a result that may start from `distance` bytes before the input on.
constexpr overlap_rule forward_overlap(int in_bytes, int out_bytes, int distance) {
    return {std::max(-distance, -out_bytes), in_bytes};
}

/// The rule for a result that may end from `distance` bytes behind the input's end on.
constexpr overlap_rule backward_overlap(int in_bytes, int out_bytes, int distance) {
    return {-out_bytes, std::min(in_bytes - out_bytes + distance, in_bytes)};
}

/// What a kernel stores while it still reads the window of the pixel it makes.
enum class storing {
    tiles,     ///< nothing: all that a pixel, or a group of pixels, needs is read before the first of its elements is stored
    elements,  ///< each element once it is known
    elements_over_input,  ///< the same, or nothing that is still read if each pixel is stored over its own
    channels,  ///< each element once it is known, and every channel reads only itself
    planes,    ///< whole images of some channels, before it reads the next ones
    planes_over_input,  ///< the same, and of these channels nothing that it still reads if each pixel is stored over its own
};

/// How a window moves over an image while pixels are made in the order of their addresses.
struct window_walk {
    int batches;
    int in_rows, in_columns;
    int out_rows, out_columns;
    int stride_h, stride_w;
    int before_h, before_w;    ///< how far the first window starts before the image
    int in_pixel, out_pixel;   ///< bytes
    int element;               ///< bytes of one element of the result

    constexpr int in_bytes() const { return batches * in_rows * in_columns * in_pixel; }
    constexpr int out_bytes() const { return batches * out_rows * out_columns * out_pixel; }
};

/// The walk of a geometry with a window of taps_h * taps_w pixels; `element` as bytes.
template <class Geometry>
constexpr window_walk make_walk(Geometry const& g, int element) {
    return {.batches = g.in.n(), .in_rows = g.in.h(), .in_columns = g.in.w(), .out_rows = g.out.h(), .out_columns = g.out.w(),
            .stride_h = g.stride_h, .stride_w = g.stride_w, .before_h = g.pad_top, .before_w = g.pad_left,
            .in_pixel = g.in.c() * element, .out_pixel = g.out.c() * element, .element = element};
}

/// The same walk seen from the last pixel. A window is reach_h * reach_w pixels large, dilation included.
constexpr window_walk mirrored(window_walk walk, int reach_h, int reach_w) {
    walk.before_h = (walk.out_rows - 1) * walk.stride_h + reach_h - walk.before_h - walk.in_rows;
    walk.before_w = (walk.out_columns - 1) * walk.stride_w + reach_w - walk.before_w - walk.in_columns;
    return walk;
}

/// The most pixels (counted in each tensor's own bytes) by which stores run ahead of reads:
///   max over q of (q * out_pixel + ahead - needed(q) * in_pixel)
/// where needed(q) is the first input pixel that output pixel q or a later one reads. In a row, it grows from the column on
/// where the window has left the padding, and the row's end may already need what the next row's start needs.
constexpr int distance(window_walk const& w, int ahead, int first_pixel) {
    int most = -w.in_bytes();        // from `first_pixel` on
    int most_of_all = most;          // of any pixel, as in an image that is not the first
    auto const inside = [](int position, int extent) { return std::min(std::max(position, 0), extent - 1); };
    int const at_edge = std::max(w.before_w, 0) / w.stride_w;
    int next = inside(-w.before_h, w.in_rows) * w.in_columns;
    for (int y = 0; y < w.out_rows; ++y) {
        int const row = next;
        next = inside((y + 1) * w.stride_h - w.before_h, w.in_rows) * w.in_columns;
        auto const judge = [&](int x) {
            int const pixel = y * w.out_columns + x;
            int needed = row + inside(x * w.stride_w - w.before_w, w.in_columns);
            if (y + 1 < w.out_rows) needed = std::min(needed, next);
            int const by = pixel * w.out_pixel + ahead - needed * w.in_pixel;
            most_of_all = std::max(most_of_all, by);
            if (pixel >= first_pixel) most = std::max(most, by);
        };
        for (int const x : {0, at_edge, at_edge + 1, w.out_columns - 1}) judge(std::min(x, w.out_columns - 1));
        // Tiles are judged from the second pixel on, which in a row of several is none of the columns above.
        if (y == 0 && first_pixel == 1 && w.out_columns > 1) judge(1);
    }
    if (w.batches == 1) return most;
    int const per_image = w.out_rows * w.out_columns * w.out_pixel - w.in_rows * w.in_columns * w.in_pixel;
    return std::max(most, most_of_all + per_image * (per_image > 0 ? w.batches - 1 : 1));
}

/// The rule of a kernel with a window that makes whole pixels, one after the other.
///   tile   pixels that it makes together; all of them are still read while the first one's elements are stored
constexpr overlap_rule window_overlap(window_walk const& walk, int reach_h, int reach_w, traversal order, storing stores, int tile = 1) {
    if (stores == storing::planes || stores == storing::planes_over_input) {
        if (order != traversal::forward) return nowhere;
        auto rule = disjoint(walk.in_bytes(), walk.out_bytes());
        rule.same_address = stores == storing::planes_over_input;
        return rule;
    }
    if (stores == storing::elements_over_input) {
        if (order != traversal::forward) return nowhere;
        auto rule = window_overlap(walk, reach_h, reach_w, order, storing::elements, tile);
        rule.same_address = true;
        return rule;
    }
    bool const one_element = walk.out_pixel == walk.element && tile == 1;
    switch (order) {
        case traversal::forward: {
            int const ahead = stores == storing::elements && !one_element ? tile * walk.out_pixel - walk.element : 0;
            int const first = stores == storing::tiles || (stores == storing::elements && one_element) ? 1 : 0;
            return forward_overlap(walk.in_bytes(), walk.out_bytes(), distance(walk, ahead, first));
        }
        case traversal::backward: {
            // Within a pixel elements are stored upwards all the same: the first one is the farthest ahead.
            bool const whole = stores == storing::tiles || one_element;
            return backward_overlap(walk.in_bytes(), walk.out_bytes(),
                                    distance(mirrored(walk, reach_h, reach_w), whole ? 0 : walk.out_pixel, whole ? 1 : 0));
        }
        case traversal::in_place: break;
    }
    return nowhere;
}

/// The rule of a kernel that makes element i from element i, in the order of the addresses only.
constexpr overlap_rule elementwise_overlap(int elements, int in_element, int out_element, traversal order) {
    if (order != traversal::forward) return nowhere;
    int const wider = out_element - in_element;
    int const ahead = wider > 0 ? (elements - 1) * wider : wider;
    return forward_overlap(elements * in_element, elements * out_element, ahead);
}

/// The pixels that a kernel which overwrites its input, pixel q by result q, still reads behind the one it has reached.
constexpr int pixels_behind(window_walk walk) {
    walk.in_pixel = walk.out_pixel = 1;
    walk.batches = 1;
    return std::max(distance(walk, 0, 1), 0);
}

}  // namespace inlay
