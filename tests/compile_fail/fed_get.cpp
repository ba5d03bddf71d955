// g++: could not convert 'inlay::expect<image, inlay::got<true>, inlay::wanted<false> >(((const char*)"engine: this input never exists whole; hand its rows over with `feed`"))' from 'inlay::expect<image, inlay::got<true>, inlay::wanted<false> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<image, inlay::got<true>, inlay::wanted<false>>("engine: this input never exists whole; hand its rows over with `feed`")'
// names: image
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : streamed_input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights, conv2d_options{.padding = padding::same, .output = {0.5F, -1}}>, image> {};
struct group : streamed<list<conv1>> {};
struct model : network<image, group> {};

engine<model> nn;
std::int8_t first() { return nn.get<image>()[0]; }
