// g++: could not convert 'inlay::expect<conv3, inlay::got<false>, inlay::wanted<true> >(((const char*)"network: an output of the model is not in the network\'s list"))' from 'inlay::expect<conv3, inlay::got<false>, inlay::wanted<true> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv3, inlay::got<false>, inlay::wanted<true>>("network: an output of the model is not in the network's list")'
// names: conv3
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 8}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights>, image> {};
struct conv2 : layer<conv2d<weights>, conv1> {};
struct conv3 : layer<conv2d<weights>, conv2> {};
struct model : network<image, conv1, conv2> {
    using outputs = list<conv3>;
};

engine<model> nn;
void run() { nn.run(); }
