// SPDX-License-Identifier: MIT
//
// Which sums over axes of int8 tensors the kernels of the Cortex-M make.
#pragma once

#include <inlay/kernels/int8_rescaling.hpp>
#include <inlay/kernels/kernel_choice.hpp>
#include <inlay/kernels/reduce.hpp>

namespace inlay {
namespace reducing {

/// Results side by side, each from elements a step apart: the means of an image's channels.
constexpr bool sums_channels(reduce_geometry const& g) { return g.reduced.rank == 1 && g.kept.rank >= 1 && g.kept.stride[g.kept.rank - 1] == 1; }

/// How many they are.
constexpr int channels(reduce_geometry const& g) { return g.kept.extent[g.kept.rank - 1]; }

/// Each result from a run of elements.
constexpr bool sums_runs(reduce_geometry const& g) { return g.reduced.rank == 1 && g.reduced.stride[0] == 1; }

/// The DSP extension takes four channels as a word.
constexpr bool is_in_words(reduce_geometry const& g) { return sums_runs(g) || (sums_channels(g) && channels(g) % 4 == 0); }

/// Whether the results' scale is one for the kernels.
constexpr bool takes(int8_reduction const& by) { return int8_rescaling::takes(by.rescale); }

}  // namespace reducing

constexpr kernel_choice kernel_of(isa::thumb1, reduce_geometry const& g, int8_reduction const& by) {
    return kernel_choice{.name = "m0 sums"}.where(reducing::takes(by) && (reducing::sums_channels(g) || reducing::sums_runs(g)));
}
constexpr kernel_choice kernel_of(isa::armv7m, reduce_geometry const& g, int8_reduction const& by) {
    return kernel_choice{.name = "m3 sums"}.where(reducing::takes(by) && (reducing::sums_channels(g) || reducing::sums_runs(g)));
}
constexpr kernel_choice kernel_of(isa::arm_dsp, reduce_geometry const& g, int8_reduction const& by) {
    return reducing::takes(by) && reducing::is_in_words(g) ? kernel_choice{.name = "dsp sums"} : kernel_of(isa::armv7m{}, g, by);
}
constexpr kernel_choice kernel_of(isa::arm_mve, reduce_geometry const& g, int8_reduction const& by) {
    return kernel_choice{.name = "mve sums"}.where(reducing::takes(by) && (reducing::sums_channels(g) || reducing::sums_runs(g)));
}

}  // namespace inlay
