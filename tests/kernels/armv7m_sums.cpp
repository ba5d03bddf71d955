// SPDX-License-Identifier: MIT
#include "twin_sums.hpp"

int main() { return twin_test::sums<inlay::isa::armv7m>(3600, 3000); }
