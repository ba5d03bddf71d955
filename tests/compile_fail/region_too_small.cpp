// g++: could not convert 'inlay::expect<conv1, inlay::got<592>, inlay::at_most<591> >(((const char*)"memory_plan: the tensor of this node ends (got) behind the end of its region (at most), or the model lists no region with this number there; write the header again with `inlay compile`"))' from 'inlay::expect<conv1, inlay::got<592>, inlay::at_most<591> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<conv1, inlay::got<592>, inlay::at_most<591>>("memory_plan: the tensor of this node ends (got) behind the end of its region (at most), or the model lists no region with this number there; write the header again with `inlay compile`")'
// names: conv1 592 591
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

// The result ends behind the region by one byte.
inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
inline constexpr region dtcm{0, 600}, sram{1, 591};
struct image : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> { using at = place<traversal::forward, dtcm[0]>; };
struct conv1 : layer<conv2d<weights, conv2d_options{.padding = padding::same, .output = {0.5F, -1}}>, image> { using at = place<traversal::forward, sram[80]>; };
struct model : network<image, conv1> { static constexpr std::array regions{dtcm, sram}; };

engine<model> nn;
void run() { nn.run(); }
