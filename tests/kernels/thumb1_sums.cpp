// SPDX-License-Identifier: MIT
#include "twin_sums.hpp"

int main() { return twin_test::sums<inlay::isa::thumb1>(3600, 3000); }
