// SPDX-License-Identifier: MIT
#include "twin_depthwise_conv2d.hpp"

int main() { return twin_test::depthwise_convolutions<inlay::isa::thumb1>(4500, 6000); }
