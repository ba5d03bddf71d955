// g++: could not convert 'inlay::expect<conv1, inlay::got<2>, inlay::wanted<0> >(((const char*)"conv2d: the output channels do not fall into equal groups; the remainder (got)"))' from 'inlay::expect<conv1, inlay::got<2>, inlay::wanted<0> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv1, inlay::got<2>, inlay::wanted<0>>("conv2d: the output channels do not fall into equal groups; the remainder (got)")'
// names: conv1 2 0
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 4> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 12}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights, conv2d_options{.groups = 3}>, image> {};
struct model : network<image, conv1> {};

engine<model> nn;
void run() { nn.run(); }
