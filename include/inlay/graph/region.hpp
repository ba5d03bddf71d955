// SPDX-License-Identifier: MIT
#pragma once

namespace inlay {

/// An offset in bytes from the start of a region. A number alone is one in the first region, which is the only one of most models.
struct spot {
    int offset;
    int region = 0;

    constexpr spot(int bytes = 0, int in_region = 0) : offset{bytes}, region{in_region} {}
    friend constexpr bool operator==(spot const&, spot const&) = default;
};

/// A part of the RAM that a model's tensors lie in; the model lists its regions, the fastest first:
///
///     inline constexpr region dtcm{0, 65536}, sram{1, 262144};
///     struct conv1 : layer<...> { using at = place<traversal::forward, dtcm[128]>; };
///     struct model : network<image, conv1> { static constexpr std::array regions{dtcm, sram}; };
struct region {
    int number;  ///< its index in the model's list
    int bytes;   ///< the most that the model may take of it

    /// Its byte of this number.
    constexpr spot operator[](int offset) const { return {offset, number}; }
    friend constexpr bool operator==(region const&, region const&) = default;
};

}  // namespace inlay
