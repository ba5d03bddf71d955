// SPDX-License-Identifier: MIT
#include "float_fully_connected.hpp"

int main() { return float_test::run_units<inlay::mve::float_blocks>(); }
