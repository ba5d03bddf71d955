// g++: could not convert 'inlay::expect<scores, inlay::got<inlay::affine{0.0f, 0}>, inlay::wanted<inlay::affine{3.90625e-3f, -128}> >(((const char*)"softmax: the output\'s quantisation (got) is not scale 1 / 256, zero point -128 (wanted)"))' from 'inlay::expect<scores, inlay::got<inlay::affine{0.0f, 0}>, inlay::wanted<inlay::affine{3.90625e-3f, -128}> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<scores, inlay::got<{0.000000e+00, 0}>, inlay::wanted<{3.906250e-03, -128}>>("softmax: the output's quantisation (got) is not scale 1 / 256, zero point -128 (wanted)")'
// names: scores 0 -128
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

struct features : input<tensor<std::int8_t, shape{1, 10}, affine{0.125F, 3}>> {};
struct scores : layer<softmax<>, features> {};
struct model : network<features, scores> {};

engine<model> nn;
void run() { nn.run(); }
