// g++: could not convert 'inlay::expect<inlay::graph::reading<conv2, conv1>, inlay::got<2>, inlay::below<1> >(((const char*)"network: a node that a layer reads stands at a place (got) behind the layer\'s own (below)"))' from 'inlay::expect<inlay::graph::reading<conv2, conv1>, inlay::got<2>, inlay::below<1> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<inlay::graph::reading<conv2, conv1>, inlay::got<2>, inlay::below<1>>("network: a node that a layer reads stands at a place (got) behind the layer's own (below)")'
// names: conv2 conv1 2 1
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 8}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights>, image> {};
struct conv2 : layer<conv2d<weights>, conv1> {};
struct conv3 : layer<conv2d<weights>, conv2> {};
struct model : network<image, conv2, conv1, conv3> {};

engine<model> nn;
void run() { nn.run(); }
