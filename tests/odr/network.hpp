// SPDX-License-Identifier: MIT
//
// A network as a generated header has it, included by two translation units.
#pragma once

#include <inlay/inlay.hpp>

namespace shared_network {
using namespace inlay;

extern conv2d_weights<int8_per_channel, 2, 3, 3, 1> const blur_weights;

struct image : input<tensor<std::int8_t, nhwc{.h = 4, .w = 4}, affine{0.5F, -1}>> {};
struct blur : layer<conv2d<blur_weights, conv2d_options{.padding = padding::same, .output = {0.25F, 3}}>, image> {};
struct scores : layer<conv2d<blur_weights, conv2d_options{.padding = padding::same, .groups = 2, .output = {0.25F, 3}}>, blur> {};

struct model : network<image, blur, scores> {};

inline constexpr conv2d_weights<int8_per_channel, 2, 3, 3, 1> blur_weights{
    .filter = "\001\002\001\002\004\002\001\002\001\377\376\377\000\000\000\001\002\001",
    .bias = {10, -20},
    .rescale = {{1 << 30, -3}, {1 << 30, -2}}};
}  // namespace shared_network

int sum_here();
int sum_there();
void const* weights_there();
