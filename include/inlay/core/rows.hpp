// SPDX-License-Identifier: MIT
#pragma once

namespace inlay {

/// A run of image rows; the rows of a batch follow one another (row n * height + y).
struct rows {
    int first = 0;
    int count = 0;
};

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
