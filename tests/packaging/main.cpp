// SPDX-License-Identifier: MIT
//
// A project outside inlay that uses an installed one.
#include "sine_float.hpp"

#include <cmath>
#include <cstdio>

static inlay::engine<sine_float::model> nn;

int main() {
    nn.get<sine_float::angle>()[0] = 1;
    nn.run();
    float const sine = nn.get<sine_float::sine>()[0];
    std::printf("sin(1) = %f\n", static_cast<double>(sine));
    return std::abs(sine - std::sin(1.0F)) < 0.05F ? 0 : 1;
}
