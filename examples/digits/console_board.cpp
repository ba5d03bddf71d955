// SPDX-License-Identifier: MIT
#include "console.hpp"

#include <semihosting.hpp>

void print(char const* text) { semihosting::print(text); }
