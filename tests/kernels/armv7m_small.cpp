// SPDX-License-Identifier: MIT
#include "twin_small.hpp"

int main() { return small_test::small_operators<twin_test::small_kernels<inlay::isa::armv7m>>(); }
