// g++: could not convert 'inlay::expect<image, inlay::got<false>, inlay::wanted<true> >(((const char*)"engine: the network\'s first layer is not a `streamed` group that reads this input, which is handed over row by row"))' from 'inlay::expect<image, inlay::got<false>, inlay::wanted<true> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<image, inlay::got<false>, inlay::wanted<true>>("engine: the network's first layer is not a `streamed` group that reads this input, which is handed over row by row")'
// names: image
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : streamed_input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights, conv2d_options{.padding = padding::same, .output = {0.5F, -1}}>, image> {};
struct model : network<image, conv1> {};

engine<model> nn;
bool next(std::span<std::int8_t const, 64> row) { return nn.feed<image>(row); }
