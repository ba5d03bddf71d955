// SPDX-License-Identifier: MIT
#pragma once
#include "clocks.hpp"

namespace board {
/// MPS2 with the AN385, AN386 or AN500 image.
using clock = cmsdk_clock<0x40000000, 0x40002000, 25>;
}  // namespace board
