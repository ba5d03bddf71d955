// g++: could not convert 'inlay::expect<joined, inlay::got<false, inlay::shape{3, int [6]{1, 3, 3}}, inlay::shape{3, int [6]{1, 2, 3}}>, inlay::wanted<true, inlay::shape{3, int [6]{1, 3, 3}}, inlay::shape{3, int [6]{1, 2, 3}}> >(((const char*)"concatenation: an input\'s shape differs from the first\'s, which stands behind it, on another axis than that of the concatenation"))' from 'inlay::expect<joined, inlay::got<false, inlay::shape{3, int [6]{1, 3, 3}}, inlay::shape{3, int [6]{1, 2, 3}}>, inlay::wanted<true, inlay::shape{3, int [6]{1, 3, 3}}, inlay::shape{3, int [6]{1, 2, 3}}> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<joined, inlay::got<false, {3, {1, 3, 3}}, {3, {1, 2, 3}}>, inlay::wanted<true, {3, {1, 3, 3}}, {3, {1, 2, 3}}>>("concatenation: an input's shape differs from the first's, which stands behind it, on another axis than that of the concatenation")'
// names: joined 3 2
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

struct left : input<tensor<float, shape{1, 2, 3}>> {};
struct right : input<tensor<float, shape{1, 3, 3}>> {};
struct joined : layer<concatenation<concatenation_options{.axis = 2}>, left, right> {};
struct model : network<left, right, joined> {};

engine<model> nn;
void run() { nn.run(); }
