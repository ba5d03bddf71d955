// g++: could not convert 'inlay::expect<conv1, inlay::got<8>, inlay::multiple_of<3> >(((const char*)"conv2d: the output channels (got) are no multiple of the groups"))' from 'inlay::expect<conv1, inlay::got<8>, inlay::multiple_of<3> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv1, inlay::got<8>, inlay::multiple_of<3>>("conv2d: the output channels (got) are no multiple of the groups")'
// names: conv1 8 3
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 4> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 12}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights, conv2d_options{.groups = 3}>, image> {};
struct model : network<image, conv1> {};

engine<model> nn;
void run() { nn.run(); }
