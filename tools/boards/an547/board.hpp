// SPDX-License-Identifier: MIT
#pragma once
#include "clocks.hpp"

namespace board {
/// MPS3 with the AN547 image: the counter's secure control frame.
using clock = sse_clock<0x58100000, 32>;
}  // namespace board
