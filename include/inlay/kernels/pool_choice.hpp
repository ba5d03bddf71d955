// SPDX-License-Identifier: MIT
//
// Which poolings of int8 the kernels of the Cortex-M make. Kernels read the window of a group of channels before they store it.
#pragma once

#include <inlay/kernels/kernel_choice.hpp>
#include <inlay/kernels/pool2d.hpp>

#include <cstdint>
#include <type_traits>

namespace inlay {

using int8_average = portable::average_of_taps<std::int8_t>;
using int8_largest = portable::largest_of_taps<std::int8_t>;

namespace pooling {

/// Sums of halfwords hold this many taps.
constexpr bool fits_halfwords(pool2d_geometry const& g) { return g.filter_h * g.filter_w <= 256; }

/// The DSP extension takes four channels as a word.
constexpr bool is_in_words(pool2d_geometry const& g) { return g.in.c() % 4 == 0; }

}  // namespace pooling

constexpr kernel_choice kernel_of(isa::thumb1, pool2d_geometry const&, std::type_identity<int8_average>) { return {.name = "m0 pool"}; }
constexpr kernel_choice kernel_of(isa::thumb1, pool2d_geometry const&, std::type_identity<int8_largest>) { return {.name = "m0 pool"}; }
constexpr kernel_choice kernel_of(isa::armv7m, pool2d_geometry const&, std::type_identity<int8_average>) { return {.name = "m3 pool"}; }
constexpr kernel_choice kernel_of(isa::armv7m, pool2d_geometry const&, std::type_identity<int8_largest>) { return {.name = "m3 pool"}; }

constexpr kernel_choice kernel_of(isa::arm_dsp, pool2d_geometry const& g, std::type_identity<int8_average> pool) {
    return pooling::is_in_words(g) && pooling::fits_halfwords(g) ? kernel_choice{.name = "dsp pool"} : kernel_of(isa::armv7m{}, g, pool);
}
constexpr kernel_choice kernel_of(isa::arm_dsp, pool2d_geometry const& g, std::type_identity<int8_largest> pool) {
    return pooling::is_in_words(g) ? kernel_choice{.name = "dsp pool"} : kernel_of(isa::armv7m{}, g, pool);
}

constexpr kernel_choice kernel_of(isa::arm_mve, pool2d_geometry const& g, std::type_identity<int8_average> pool) {
    return pooling::fits_halfwords(g) ? kernel_choice{.name = "mve pool"} : kernel_of(isa::arm_dsp{}, g, pool);
}
constexpr kernel_choice kernel_of(isa::arm_mve, pool2d_geometry const&, std::type_identity<int8_largest>) { return {.name = "mve pool"}; }

}  // namespace inlay
