// SPDX-License-Identifier: MIT
#include "float_small.hpp"

int main() { return float_test::run_small<inlay::mve::float_sums>(); }
