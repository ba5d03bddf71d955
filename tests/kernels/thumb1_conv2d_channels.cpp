// SPDX-License-Identifier: MIT
#include "twin_conv2d_channels.hpp"

int main() { return channels_test::convolutions<inlay::isa::thumb1>(2000, 3000); }
