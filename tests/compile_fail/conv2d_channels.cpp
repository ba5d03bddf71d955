// g++: could not convert 'inlay::expect<conv1, inlay::got<3>, inlay::wanted<4> >(((const char*)"conv2d: the input\'s channels (got) differ from the filter\'s input channels times the groups (wanted)"))' from 'inlay::expect<conv1, inlay::got<3>, inlay::wanted<4> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv1, inlay::got<3>, inlay::wanted<4>>("conv2d: the input's channels (got) differ from the filter's input channels times the groups (wanted)")'
// names: conv1 3 4
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 4> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 3}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights>, image> {};
struct model : network<image, conv1> {};

engine<model> nn;
void run() { nn.run(); }
