// SPDX-License-Identifier: MIT
#include "float_depthwise_conv2d.hpp"

int main() { return float_test::run_depthwise<inlay::mve::float_groups>(); }
