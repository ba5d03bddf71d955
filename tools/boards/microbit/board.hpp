// SPDX-License-Identifier: MIT
#pragma once
#include "clocks.hpp"

namespace board {
using clock = nrf51_clock<0x40008000, 16>;
}  // namespace board
