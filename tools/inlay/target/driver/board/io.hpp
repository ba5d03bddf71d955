// SPDX-License-Identifier: MIT
#pragma once
#include <semihosting.hpp>

namespace inlay_driver {
using semihosting::file;
using semihosting::print;
}  // namespace inlay_driver
