// SPDX-License-Identifier: MIT
#include "twin_small.hpp"

int main() { return twin_test::small_operators<inlay::isa::armv7m>(4000, 7000); }
