// g++: could not convert 'inlay::expect<group, inlay::got<2>, inlay::wanted<1> >(((const char*)"streamed: the layers read several tensors from outside of the group (got)"))' from 'inlay::expect<group, inlay::got<2>, inlay::wanted<1> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<group, inlay::got<2>, inlay::wanted<1>>("streamed: the layers read several tensors from outside of the group (got)")'
// names: group 2
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct left : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> {};
struct right : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights, conv2d_options{.padding = padding::same, .output = {0.5F, -1}}>, left> {};
struct total : layer<add<elementwise_options{.output = {0.5F, -1}}>, conv1, right> {};
struct group : streamed<list<conv1, total>> {};
struct model : network<left, right, group> {};

engine<model> nn;
void run() { nn.run(); }
