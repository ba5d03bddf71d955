// g++: could not convert 'inlay::expect<smaller, inlay::got<2>, inlay::wanted<4> >(((const char*)"pool2d: the input\'s rank (got) is not that of an image"))' from 'inlay::expect<smaller, inlay::got<2>, inlay::wanted<4> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<smaller, inlay::got<2>, inlay::wanted<4>>("pool2d: the input's rank (got) is not that of an image")'
// names: smaller 2 4
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

struct features : input<tensor<float, shape{8, 8}>> {};
struct smaller : layer<max_pool2d<pool2d_options{.filter_h = 2, .filter_w = 2}>, features> {};
struct model : network<features, smaller> {};

engine<model> nn;
void run() { nn.run(); }
