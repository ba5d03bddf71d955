// SPDX-License-Identifier: MIT
#include "float_conv2d.hpp"

int main() { return float_test::run_convolutions<inlay::mve::float_blocks>(); }
