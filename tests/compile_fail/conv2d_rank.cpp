// g++: could not convert 'inlay::expect<conv1, inlay::got<3>, inlay::wanted<4> >(((const char*)"conv2d: the input\'s rank (got) is not that of an image"))' from 'inlay::expect<conv1, inlay::got<3>, inlay::wanted<4> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv1, inlay::got<3>, inlay::wanted<4>>("conv2d: the input's rank (got) is not that of an image")'
// names: conv1 3 4
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, shape{8, 8, 8}>> {};
struct conv1 : layer<conv2d<weights>, image> {};
struct model : network<image, conv1> {};

engine<model> nn;
void run() { nn.run(); }
