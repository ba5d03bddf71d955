// SPDX-License-Identifier: MIT
//
// The sine regressor written by hand: a chain of operators behind one input, and tables for their weights.
#include "plot.hpp"
#include "weights.hpp"

#include <cmath>

namespace {

using namespace inlay;

constexpr fully_connected_options relu{.activation = activation_function::relu};

struct angle : input<tensor<float, shape{1, 1}>> {};
struct regressor : sequential<regressor, angle,
                              fully_connected<hidden1_weights, relu>,
                              fully_connected<hidden2_weights, relu>,
                              fully_connected<sine_weights>> {};

template <class Engine>
constexpr float sine_of(Engine& nn, float radians) {
    nn.template get<angle>()[0] = radians;
    nn.run();
    return nn.template get<regressor::last>()[0];
}

/// The same network while the program is compiled.
constexpr float compiled_sine(float radians) {
    engine<regressor, isa::portable> nn;
    return sine_of(nn, radians);
}
constexpr float quarter_turn = 1.5707964F;
static_assert(compiled_sine(quarter_turn) > 0.98F && compiled_sine(quarter_turn) < 1.02F);

engine<regressor> nn;

}  // namespace

int main() {
    float const error = plot("sine by hand", [](float radians) { return sine_of(nn, radians); });
    // Compilers may fuse a multiplication with an addition at run time, so the last bit is their choice.
    float const difference = std::fabs(sine_of(nn, quarter_turn) - compiled_sine(quarter_turn));
    return error < 0.02F && difference < 1e-6F ? 0 : 1;
}
