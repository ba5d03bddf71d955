// g++: could not convert 'inlay::expect<blurred, inlay::got<8>, inlay::multiple_of<3> >(((const char*)"depthwise_conv2d: the output channels (got) are no multiple of the input\'s channels"))' from 'inlay::expect<blurred, inlay::got<8>, inlay::multiple_of<3> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<blurred, inlay::got<8>, inlay::multiple_of<3>>("depthwise_conv2d: the output channels (got) are no multiple of the input's channels")'
// names: blurred 8 3
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr depthwise_conv2d_weights<int8_per_channel, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 3}, affine{0.5F, -1}>> {};
struct blurred : layer<depthwise_conv2d<weights>, image> {};
struct model : network<image, blurred> {};

engine<model> nn;
void run() { nn.run(); }
