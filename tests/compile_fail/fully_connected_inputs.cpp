// g++: could not convert 'inlay::expect<scores, inlay::got<60>, inlay::multiple_of<64> >(((const char*)"fully_connected: the input\'s elements (got) are no multiple of the filter\'s inputs"))' from 'inlay::expect<scores, inlay::got<60>, inlay::multiple_of<64> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<scores, inlay::got<60>, inlay::multiple_of<64>>("fully_connected: the input's elements (got) are no multiple of the filter's inputs")'
// names: scores 60 64
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr fully_connected_weights<int8_per_tensor, 10, 64> weights{};
struct features : input<tensor<std::int8_t, shape{1, 60}, affine{0.5F, -1}>> {};
struct scores : layer<fully_connected<weights>, features> {};
struct model : network<features, scores> {};

engine<model> nn;
void run() { nn.run(); }
