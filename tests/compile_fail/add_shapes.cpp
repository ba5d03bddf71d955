// g++: could not convert 'inlay::expect<total, inlay::got<false, inlay::shape{2, int [6]{2, 3}}, inlay::shape{2, int [6]{2, 4}}>, inlay::wanted<true, inlay::shape{2, int [6]{2, 3}}, inlay::shape{2, int [6]{2, 4}}> >(((const char*)"elementwise: the shapes of the operands differ on an axis where neither has a single element"))' from 'inlay::expect<total, inlay::got<false, inlay::shape{2, int [6]{2, 3}}, inlay::shape{2, int [6]{2, 4}}>, inlay::wanted<true, inlay::shape{2, int [6]{2, 3}}, inlay::shape{2, int [6]{2, 4}}> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<total, inlay::got<false, {2, {2, 3}}, {2, {2, 4}}>, inlay::wanted<true, {2, {2, 3}}, {2, {2, 4}}>>("elementwise: the shapes of the operands differ on an axis where neither has a single element")'
// names: total 3 4
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

struct left : input<tensor<float, shape{2, 3}>> {};
struct right : input<tensor<float, shape{2, 4}>> {};
struct total : layer<add<>, left, right> {};
struct model : network<left, right, total> {};

engine<model> nn;
void run() { nn.run(); }
