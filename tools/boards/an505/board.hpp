// SPDX-License-Identifier: MIT
#pragma once
#include "clocks.hpp"

namespace board {
/// MPS2 with the AN505 image: the timers' secure aliases.
using clock = cmsdk_clock<0x50000000, 0x50002000, 20>;
}  // namespace board
