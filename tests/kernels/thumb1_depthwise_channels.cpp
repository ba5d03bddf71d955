// SPDX-License-Identifier: MIT
#include "twin_depthwise_channels.hpp"

int main() { return channels_test::depthwise_convolutions<inlay::isa::thumb1>(2500, 4000); }
