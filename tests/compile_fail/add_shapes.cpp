// g++: could not convert 'inlay::expect<total, inlay::got<false, inlay::shape{2, int [6]{2, 3}}, inlay::shape{1, int [6]{2}}>, inlay::wanted<true, inlay::shape{2, int [6]{2, 3}}, inlay::shape{1, int [6]{2}}> >(((const char*)"elementwise: the shapes of the operands differ on an axis where neither has a single element"))' from 'inlay::expect<total, inlay::got<false, inlay::shape{2, int [6]{2, 3}}, inlay::shape{1, int [6]{2}}>, inlay::wanted<true, inlay::shape{2, int [6]{2, 3}}, inlay::shape{1, int [6]{2}}> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<total, inlay::got<false, {2, {2, 3}}, {1, {2}}>, inlay::wanted<true, {2, {2, 3}}, {1, {2}}>>("elementwise: the shapes of the operands differ on an axis where neither has a single element")'
// names: total 3 2
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

struct a : input<tensor<float, shape{2, 3}>> {};
struct b : input<tensor<float, shape{2}>> {};
struct total : layer<add<>, a, b> {};
struct model : network<a, b, total> {};

engine<model> nn;
void run() { nn.run(); }
