// g++: could not convert 'inlay::expect<inlay::stage<net, 1>, inlay::got<8>, inlay::wanted<4> >(((const char*)"conv2d: the input\'s channels (got) differ from the filter\'s input channels times the groups (wanted)"))' from 'inlay::expect<inlay::stage<net, 1>, inlay::got<8>, inlay::wanted<4> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<inlay::stage<net, 1>, inlay::got<8>, inlay::wanted<4>>("conv2d: the input's channels (got) differ from the filter's input channels times the groups (wanted)")'
// names: stage net 1 8 4
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 4> wrong_weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 8}, affine{0.5F, -1}>> {};
struct net : sequential<net, image, conv2d<weights>, conv2d<wrong_weights>> {};

engine<net> nn;
void run() { nn.run(); }
