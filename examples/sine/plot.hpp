// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <string>

/// Draws a network's sine over one turn, upright, and says how far it is from the true one at most.
template <class Sine>
float plot(char const* title, Sine sine) {
    constexpr int steps = 32;
    constexpr int middle = 30;
    float worst = 0;
    std::puts(title);
    for (int i = 0; i <= steps; ++i) {
        float const angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / steps;
        float const value = sine(angle);
        worst = std::max(worst, std::fabs(value - std::sin(angle)));

        std::string line(2 * middle + 1, ' ');
        line[middle] = '|';
        line[static_cast<std::size_t>(std::clamp(middle + std::lround(value * (middle - 2)), 0L, 2L * middle))] = '*';
        std::printf("%5.2f %6.3f %s\n", static_cast<double>(angle), static_cast<double>(value), line.c_str());
    }
    std::printf("largest error %.4f\n\n", static_cast<double>(worst));
    return worst;
}
