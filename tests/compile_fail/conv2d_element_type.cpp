// g++: could not convert 'inlay::expect<conv1, inlay::got_type<float>, inlay::wanted_type<signed char> >(((const char*)"conv2d: the input\'s element type (got) is not the scheme\'s activation type (wanted)"))' from 'inlay::expect<conv1, inlay::got_type<float>, inlay::wanted_type<signed char> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv1, inlay::got_type<float>, inlay::wanted_type<signed char>>("conv2d: the input's element type (got) is not the scheme's activation type (wanted)")'
// names: conv1 float
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<float, nhwc{.h = 8, .w = 8, .c = 8}>> {};
struct conv1 : layer<conv2d<weights>, image> {};
struct model : network<image, conv1> {};

engine<model> nn;
void run() { nn.run(); }
