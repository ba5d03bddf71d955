// g++: could not convert 'inlay::expect<flat, inlay::got<65>, inlay::wanted<64> >(((const char*)"reshape: the new shape\'s elements (got) are not as many as the input\'s (wanted)"))' from 'inlay::expect<flat, inlay::got<65>, inlay::wanted<64> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<flat, inlay::got<65>, inlay::wanted<64>>("reshape: the new shape's elements (got) are not as many as the input's (wanted)")'
// names: flat 65 64
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

struct image : input<tensor<float, nhwc{.h = 8, .w = 8}>> {};
struct flat : layer<reshape<reshape_options{.to = shape{1, 65}}>, image> {};
struct model : network<image, flat> {};

engine<model> nn;
void run() { nn.run(); }
