// g++: could not convert 'inlay::expect<scores, inlay::got<false>, inlay::wanted<true> >(((const char*)"streamed: this layer cannot be made a few pixels at a time; take it out of the group"))' from 'inlay::expect<scores, inlay::got<false>, inlay::wanted<true> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<scores, inlay::got<false>, inlay::wanted<true>>("streamed: this layer cannot be made a few pixels at a time; take it out of the group")'
// names: scores
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights, conv2d_options{.padding = padding::same, .output = {0.5F, -1}}>, image> {};
struct scores : layer<softmax<softmax_options{.output = {1.0F / 256, -128}}>, conv1> {};
struct group : streamed<list<conv1, scores>> {};
struct model : network<image, group> {};

engine<model> nn;
void run() { nn.run(); }
