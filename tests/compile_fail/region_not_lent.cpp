// g++: could not convert 'inlay::expect<model, inlay::got<1, 1>, inlay::wanted<2, 2> >(((const char*)"borrowing_engine: the memories (got, and how many of them are of the model\'s regions) are not those of its regions, each once (wanted)"))' from 'inlay::expect<model, inlay::got<1, 1>, inlay::wanted<2, 2> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<model, inlay::got<1, 1>, inlay::wanted<2, 2>>("borrowing_engine: the memories (got, and how many of them are of the model's regions) are not those of its regions, each once (wanted)")'
// names: model 1 2
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

inline constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};
inline constexpr region dtcm{0, 600}, sram{1, 600};
struct image : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{0.5F, -1}>> { using at = place<traversal::forward, dtcm[0]>; };
struct conv1 : layer<conv2d<weights, conv2d_options{.padding = padding::same, .output = {0.5F, -1}}>, image> { using at = place<traversal::forward, sram[0]>; };
struct model : network<image, conv1> { static constexpr std::array regions{dtcm, sram}; };

region_memory<dtcm, model> fast;
borrowing_engine<model> nn{fast};
