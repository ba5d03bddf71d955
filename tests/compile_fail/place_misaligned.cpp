// g++: could not convert 'inlay::expect<image, inlay::got<1026>, inlay::wanted<> >(((const char*)"memory_plan: the offset of this node (got) is negative, or no multiple of the alignment; write the header again with `inlay compile`"))' from 'inlay::expect<image, inlay::got<1026>, inlay::wanted<> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<image, inlay::got<1026>, inlay::wanted<>>("memory_plan: the offset of this node (got) is negative, or no multiple of the alignment; write the header again with `inlay compile`")'
// names: image 1026
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

struct image : input<tensor<float, shape{1, 256}>> { using at = place<traversal::forward, 1026>; };
struct positive : layer<relu<>, image> { using at = place<traversal::forward, 0>; };
struct model : network<image, positive> {};

engine<model> nn;
void run() { nn.run(); }
