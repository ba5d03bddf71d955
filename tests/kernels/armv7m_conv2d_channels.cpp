// SPDX-License-Identifier: MIT
#include "twin_conv2d_channels.hpp"

int main() { return channels_test::convolutions<inlay::isa::armv7m>(2000, 3000); }
