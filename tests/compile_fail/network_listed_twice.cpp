// g++: could not convert 'inlay::expect<conv2, inlay::got<2>, inlay::wanted<1> >(((const char*)"network: a node is listed more than once; times listed (got)"))' from 'inlay::expect<conv2, inlay::got<2>, inlay::wanted<1> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv2, inlay::got<2>, inlay::wanted<1>>("network: a node is listed more than once; times listed (got)")'
// names: conv2 2 1
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 8}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights>, image> {};
struct conv2 : layer<conv2d<weights>, conv1> {};
struct conv3 : layer<conv2d<weights>, conv2> {};
struct model : network<image, conv1, conv2, conv2, conv3> {};

engine<model> nn;
void run() { nn.run(); }
