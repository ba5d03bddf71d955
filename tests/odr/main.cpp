// SPDX-License-Identifier: MIT
#include "network.hpp"

#include <numeric>

using namespace shared_network;

static engine<model> nn;

int sum_here() {
    auto image_elements = nn.get<image>();
    std::iota(image_elements.begin(), image_elements.end(), std::int8_t{-5});
    nn.run();
    auto const results = nn.get<scores>();
    return std::accumulate(results.begin(), results.end(), 0, [](int sum, int each) { return sum * 3 % 1000003 + each; });
}

int main() {
    // One definition of the tables, one result.
    return sum_here() == sum_there() && sum_here() != 0 && weights_there() == &blur_weights ? 0 : 1;
}
