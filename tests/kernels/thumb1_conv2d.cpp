// SPDX-License-Identifier: MIT
#include "twin_conv2d.hpp"

int main() { return twin_test::convolutions<inlay::isa::thumb1>(1600, 4000); }
