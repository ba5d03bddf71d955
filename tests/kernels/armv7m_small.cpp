// SPDX-License-Identifier: MIT
#include "twin_small.hpp"

int main() { return small_test::small_operators<inlay::isa::armv7m, twin_test::small_kernels<inlay::isa::armv7m>>(); }
