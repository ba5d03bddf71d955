// g++: could not convert 'inlay::expect<conv2, inlay::got<false>, inlay::wanted<true> >(((const char*)"engine: only inputs, outputs and states keep their elements to themselves; list the node in the model\'s `outputs`"))' from 'inlay::expect<conv2, inlay::got<false>, inlay::wanted<true> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv2, inlay::got<false>, inlay::wanted<true>>("engine: only inputs, outputs and states keep their elements to themselves; list the node in the model's `outputs`")'
// names: conv2
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 8}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights>, image> {};
struct conv2 : layer<conv2d<weights>, conv1> {};
struct conv3 : layer<conv2d<weights>, conv2> {};
struct model : network<image, conv1, conv2, conv3> {};

engine<model> nn;
std::int8_t inner() { return nn.get<conv2>()[0]; }
