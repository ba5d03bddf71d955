// g++: could not convert 'inlay::expect<other, inlay::got<false>, inlay::wanted<true> >(((const char*)"borrowing_engine: the memory is not for this model; list it in the memory\'s type"))' from 'inlay::expect<other, inlay::got<false>, inlay::wanted<true> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<other, inlay::got<false>, inlay::wanted<true>>("borrowing_engine: the memory is not for this model; list it in the memory's type")'
// names: other false true
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> {};
struct model : network<image> {};
struct other : network<image> {};

shared_arena<model> memory;
borrowing_engine<other> nn{memory};
