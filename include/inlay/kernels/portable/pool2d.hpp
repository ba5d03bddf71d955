// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/pool2d.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace inlay {
namespace portable {

/// sum / count, rounded half away from zero.
///   source  TFLite AVERAGE_POOL_2D: the zero point is not subtracted, as an average keeps it
constexpr int mean_of(std::int32_t sum, int count) {
    return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
}
constexpr float mean_of(float sum, int count) {
    return sum / static_cast<float>(count);
}

/// Sums taps, then divides by their count.
template <class T>
struct average_of_taps {
    typename scheme_of_element<T>::accumulator sum = 0;
    int count = 0;

    constexpr void add(T tap) {
        sum += tap;
        ++count;
    }
    constexpr auto result() const { return mean_of(sum, count); }
};

/// Keeps the largest tap.
template <class T>
struct largest_of_taps {
    T largest = std::numeric_limits<T>::lowest();

    constexpr void add(T tap) { largest = std::max(largest, tap); }
    constexpr typename scheme_of_element<T>::accumulator result() const { return largest; }
};

/// A result within the range of the output.
template <class T>
constexpr T keep(typename scheme_of_element<T>::accumulator result, typename scheme_of_element<T>::output const& kept) {
    using value = decltype(kept.lowest);
    return static_cast<T>(std::min(std::max(static_cast<value>(result), kept.lowest), kept.highest));
}

/// Pools one channel at one position of the window, whose first tap is input row iy, column ix.
template <template <class> class Pool, class T>
constexpr T pool_at(pool2d_geometry const& g, row_view<T const> in, typename scheme_of_element<T>::output const& kept, int n, int iy,
                    int ix, int c) {
    Pool<T> pool;
    for (int y = std::max(iy, 0); y < std::min(iy + g.filter_h, g.in.h()); ++y) {
        auto const* row = in[n * g.in.h() + y];
        for (int x = std::max(ix, 0); x < std::min(ix + g.filter_w, g.in.w()); ++x) pool.add(row[x * g.in.c() + c]);
    }
    return keep<T>(pool.result(), kept);
}

template <template <class> class Pool, class T, class Geometry>
constexpr void pool_rows(Geometry const& geometry, rows made, row_view<T> out, row_view<T const> in,
                         typename scheme_of_element<T>::output const& kept) {
    pool2d_geometry const& g = value_of(geometry);
    for (int i = 0; i < made.count; ++i) {
        int const row = made.row(i);
        int const n = row / g.out.h();
        int const iy = row % g.out.h() * g.stride_h - g.pad_top;
        for (int j = 0; j < made.columns_of(g.out.w()); ++j) {
            int const x = made.column(j, g.out.w());
            auto* result = out[row] + x * g.out.c();
            int const ix = (made.left + x) * g.stride_w - g.pad_left;
            for (int c = 0; c < g.out.c(); ++c) *result++ = pool_at<Pool, T>(g, in, kept, n, iy, ix, c);
        }
    }
}

}  // namespace portable

/// Average pooling: makes a run of output rows, and keeps them within a range.
template <computed_element T>
constexpr void pool_average(isa::portable, pool2d_geometry const& geometry, rows made, row_view<T> out,
                            row_view<T const> in, typename scheme_of_element<T>::output const& kept) {
    portable::pool_rows<portable::average_of_taps, T>(geometry, made, out, in, kept);
}

template <computed_element T, auto Geometry>
constexpr void pool_average(isa::portable, constant<Geometry, policy::speed> geometry, rows made, row_view<T> out,
                            row_view<T const> in, typename scheme_of_element<T>::output const& kept) {
    portable::pool_rows<portable::average_of_taps, T>(geometry, made, out, in, kept);
}

/// The averages of `count` pixels from their sums.
template <computed_element T>
constexpr void finish_average(isa::portable, int channels, T* out, typename scheme_of_element<T>::accumulator const* sums, int count,
                              typename scheme_of_element<T>::output const& kept) {
    for (int c = 0; c < channels; ++c) out[c] = portable::keep<T>(portable::mean_of(sums[c], count), kept);
}

/// Maximum pooling: makes a run of output rows, and keeps them within a range.
template <computed_element T>
constexpr void pool_max(isa::portable, pool2d_geometry const& geometry, rows made, row_view<T> out,
                        row_view<T const> in, typename scheme_of_element<T>::output const& kept) {
    portable::pool_rows<portable::largest_of_taps, T>(geometry, made, out, in, kept);
}

template <computed_element T, auto Geometry>
constexpr void pool_max(isa::portable, constant<Geometry, policy::speed> geometry, rows made, row_view<T> out,
                        row_view<T const> in, typename scheme_of_element<T>::output const& kept) {
    portable::pool_rows<portable::largest_of_taps, T>(geometry, made, out, in, kept);
}

}  // namespace inlay
