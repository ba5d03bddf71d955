// SPDX-License-Identifier: MIT
#include "twin_small.hpp"

int main() { return small_test::small_operators<inlay::isa::thumb1, twin_test::small_kernels<inlay::isa::thumb1>>(); }
