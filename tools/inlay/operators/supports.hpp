// SPDX-License-Identifier: MIT
//
// The operators that inlay has. A new one is declared here, listed in supports.cpp, and defined in a file of its name.
#pragma once

#include "operators/operator.hpp"

namespace inlay::tool {

extern operator_support const conv2d_support;

}  // namespace inlay::tool
