// SPDX-License-Identifier: MIT
//
// All kernels of Helium with floats, and those it falls back to.
#pragma once

#include <inlay/kernels/arm_mve/kernels.hpp>
