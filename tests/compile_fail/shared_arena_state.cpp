// g++: could not convert 'inlay::expect<first, inlay::got<1>, inlay::wanted<0> >(((const char*)"shared memory: another model\'s run would overwrite the states of this model (got); give its engine memory of its own"))' from 'inlay::expect<first, inlay::got<1>, inlay::wanted<0> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<first, inlay::got<1>, inlay::wanted<0>>("shared memory: another model's run would overwrite the states of this model (got); give its engine memory of its own")'
// names: first 1 0
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> {};
struct total : state<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> {};
struct last : layer<add<elementwise_options{.output = {0.5F, -1}}>, image, total> {};
struct first : network<image, total, last> {};
struct second : network<image> {};

shared_arena<first, second> memory;
