// SPDX-License-Identifier: MIT
#include "twin_fully_connected.hpp"

int main() { return twin_test::connections<inlay::isa::thumb1>(1200, 7000); }
