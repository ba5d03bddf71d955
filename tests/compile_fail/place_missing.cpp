// g++: could not convert 'inlay::expect<conv1, inlay::got<0>, inlay::wanted<1> >(((const char*)"memory_plan: this node has not as many offsets in its `at` (got) as it has tensors, scratch included (wanted)"))' from 'inlay::expect<conv1, inlay::got<0>, inlay::wanted<1> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv1, inlay::got<0>, inlay::wanted<1>>("memory_plan: this node has not as many offsets in its `at` (got) as it has tensors, scratch included (wanted)")'
// names: conv1 0 1
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

// A 3x3 convolution of 8 columns and 8 channels runs a row, a pixel and an element ahead of what it still reads: 79 bytes.
inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> { using at = place<traversal::forward, 80>; };
struct conv1 : layer<conv2d<weights, conv2d_options{.padding = padding::same, .output = {0.5F, -1}}>, image> {};
struct model : network<image, conv1> {};

engine<model> nn;
void run() { nn.run(); }
