// g++: could not convert 'inlay::expect<conv1, inlay::got<0>, inlay::below<0> >(((const char*)"conv2d: the filter is higher than the padded image; rows of the result (below)"))' from 'inlay::expect<conv1, inlay::got<0>, inlay::below<0> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv1, inlay::got<0>, inlay::below<0>>("conv2d: the filter is higher than the padded image; rows of the result (below)")'
// names: conv1 0
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 2, .w = 8, .c = 8}>> {};
struct conv1 : layer<conv2d<weights>, image> {};
struct model : network<image, conv1> {};

engine<model> nn;
void run() { nn.run(); }
