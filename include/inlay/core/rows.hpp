// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/traversal.hpp>

namespace inlay {

/// A run of image rows; the rows of a batch follow one another (row n * height + y).
struct rows {
    int first = 0;
    int count = 0;
    bool backward = false;  ///< the last pixel of the last row is made first
    int left = 0;           ///< the first column of each row that is made, where the result's row begins
    int columns = all;      ///< how many of them

    static constexpr int all = -1;

    /// The row that is made as number i.
    constexpr int row(int i) const { return backward ? first + count - 1 - i : first + i; }

    /// How many columns of a row of this width are made.
    constexpr int columns_of(int width) const { return columns == all ? width : columns; }

    /// The column, counted from the first one made, that is made as number i in a row of this width.
    constexpr int column(int i, int width) const { return backward ? columns_of(width) - 1 - i : i; }
};

/// All rows of a result.
constexpr rows rows_in_order(int count, traversal order) { return {0, count, order == traversal::backward}; }

/// All rows of a result that lie one after the other, as those of the image do, forward: a kernel may have a smaller entry for it.
struct all_rows : rows {};

/// Where the rows of an image lie: one after the other, or in a ring that holds only the last `ring` of them.
template <class T>
struct row_view {
    T* data = nullptr;
    int pitch = 0;  ///< elements from a row to the next
    int ring = 0;   ///< rows that are held; 0: all of them

    constexpr row_view(T* data, int pitch, int ring = 0) : data{data}, pitch{pitch}, ring{ring} {}

    constexpr T* operator[](int row) const { return data + (ring == 0 ? row : row % ring) * pitch; }
};

}  // namespace inlay
