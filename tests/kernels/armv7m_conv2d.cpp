// SPDX-License-Identifier: MIT
#include "twin_conv2d.hpp"

int main() { return twin_test::convolutions<inlay::isa::armv7m>(4000, 9000); }
