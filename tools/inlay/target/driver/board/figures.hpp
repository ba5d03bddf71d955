// SPDX-License-Identifier: MIT
#pragma once
#include <meter.hpp>

namespace inlay_driver {

inline board::cost measure_first(void (*infer)()) { return board::measure(infer); }

using board::stopwatch;

/// Of a layer, of which the least counts.
inline constexpr int measurements = 1;

/// A count is exact: one run says it all.
void write_figures(board::cost const& first, void (*)(), void (*)(), auto const& write) {
    write("instructions", first.instructions);
    write("stack_bytes", first.stack);
}

}  // namespace inlay_driver
