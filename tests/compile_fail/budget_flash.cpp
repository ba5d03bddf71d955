// g++: could not convert 'inlay::expect<model, inlay::got<2028>, inlay::at_most<2000> >(((const char*)"budget: the model\'s tables take more bytes of flash (got) than allowed (at most)"))' from 'inlay::expect<model, inlay::got<2028>, inlay::at_most<2000> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<model, inlay::got<2028L>, inlay::at_most<2000L>>("budget: the model's tables take more bytes of flash (got) than allowed (at most)")'
// names: model 2028 2000
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
struct image : input<tensor<std::int8_t, nhwc{.h = 8, .w = 8, .c = 8}, affine{0.5F, -1}>> {};
struct conv1 : layer<conv2d<weights>, image> {};
struct conv2 : layer<conv2d<weights>, conv1> {};
struct conv3 : layer<conv2d<weights>, conv2> {};
struct model : network<image, conv1, conv2, conv3> {
    using limits = budget<flash<2000>>;
};

engine<model> nn;
void run() { nn.run(); }
