// g++: could not convert 'inlay::expect<inlay::graph::sharing<conv1, image>, inlay::got<0, 78>, inlay::wanted<> >(((const char*)"memory_plan: the tensors of these nodes, at these offsets (got), share bytes that both need; write the header again with `inlay compile`"))' from 'inlay::expect<inlay::graph::sharing<conv1, image>, inlay::got<0, 78>, inlay::wanted<> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<inlay::graph::sharing<conv1, image>, inlay::got<0, 78>, inlay::wanted<>>("memory_plan: the tensors of these nodes, at these offsets (got), share bytes that both need; write the header again with `inlay compile`")'
// names: conv1 image 0 78
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

// A 3x3 convolution of 8 columns and 8 channels runs a row, a pixel and an element ahead of what it still reads: 79 bytes.
inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> { using at = place<traversal::forward, 78>; };
struct conv1 : layer<conv2d<weights, conv2d_options{.padding = padding::same, .output = {0.5F, -1}}>, image> { using at = place<traversal::forward, 0>; };
struct model : network<image, conv1> {};

engine<model> nn;
void run() { nn.run(); }
