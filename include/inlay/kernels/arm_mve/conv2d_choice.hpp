// SPDX-License-Identifier: MIT
//
// Which convolutions the Helium kernel makes, and what it needs for them.
#pragma once

#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>
#include <inlay/kernels/arm_mve/quad_filter.hpp>
#include <inlay/kernels/conv2d.hpp>
#include <inlay/kernels/kernel_choice.hpp>

namespace inlay::mve {

/// Pixels of a block.
inline constexpr int block_pixels = 4;

constexpr int taps_of(conv2d_geometry const& g) { return g.filter.h() * g.filter.w() * g.filter.c(); }
constexpr quad_layout layout_of(conv2d_geometry const& g) { return {taps_of(g), g.out.c()}; }

/// Whether the kernel makes convolutions of this geometry. The weights must fit as well: lane_filter_fits.
constexpr bool makes_quads(conv2d_geometry const& g) { return g.groups() == 1 && (g.dilation_w == 1 || g.filter.w() == 1) && g.out.c() <= most_pixel; }

/// Pixels are read where they lie; whole vectors of them, or of the last ones copies.
constexpr bool reads_in_place(conv2d_geometry const& g) { return dsp::is_pointwise(g); }

constexpr kernel_choice quad_convolution(conv2d_geometry const& g) {
    bool const copies = !reads_in_place(g) || g.in.c() % 16 != 0;
    // Pixels of several vectors are read again for every group of channels, others for the last group if it overlaps another.
    bool const rereads = reads_in_place(g) && (layout_of(g).steps() > 1 || (g.out.c() > 4 && g.out.c() % 4 != 0));
    return {.name = "mve quads", .scratch_words = copies ? block_pixels * layout_of(g).steps() * 4 : 0, .tile = block_pixels,
            .stores = rereads ? storing::elements : storing::tiles};
}

}  // namespace inlay::mve
