// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>

namespace inlay {

/// The most axes a tensor may have.
inline constexpr int max_rank = 6;

/// The extents of a tensor, outermost axis first; rank 0 is a scalar.
///   `shape{1, 640}`, `shape{1, 49, 10, 1}`; with names, where the rank is 4: `nhwc{.h = 49, .w = 10, .c = 1}`
struct shape {
    int rank = 0;
    int extent[max_rank] = {};

    constexpr shape() = default;

    template <std::convertible_to<int>... Extent>
        requires(sizeof...(Extent) >= 1 && sizeof...(Extent) <= max_rank)
    constexpr shape(Extent... extents) : rank{sizeof...(Extent)}, extent{static_cast<int>(extents)...} {}

    /// Number of elements; 1 for a scalar.
    constexpr int size() const {
        int product = 1;
        for (int axis = 0; axis < rank; ++axis) product *= extent[axis];
        return product;
    }

    constexpr int operator[](int axis) const { return extent[axis]; }
    constexpr int& operator[](int axis) { return extent[axis]; }

    /// The last extent, 1 for a scalar: the channels of any layout inlay uses.
    constexpr int last() const { return rank == 0 ? 1 : extent[rank - 1]; }

    /// The axes of an image, rank 4.
    constexpr int n() const { return extent[0]; }
    constexpr int h() const { return extent[1]; }
    constexpr int w() const { return extent[2]; }
    constexpr int c() const { return extent[3]; }

    friend constexpr bool operator==(shape const&, shape const&) = default;
};

/// The same shape with `rank` axes: ones are put in front. `rank` is at least the shape's own.
constexpr shape with_rank(shape const& narrow, int rank) {
    shape wide;
    wide.rank = rank;
    for (int axis = 0; axis < rank; ++axis) {
        int const from = axis - (rank - narrow.rank);
        wide.extent[axis] = from < 0 ? 1 : narrow.extent[from];
    }
    return wide;
}

/// A shape of rank 4 by the names of its axes: batch, height, width, channels.
struct nhwc {
    int n = 1;
    int h = 1;
    int w = 1;
    int c = 1;

    constexpr operator shape() const { return shape{n, h, w, c}; }
};

}  // namespace inlay
