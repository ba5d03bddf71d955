// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/graph/network.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace inlay::graph {

/// The blocks of a model's tensors, listed by their first step, and which block each tensor has.
template <std::size_t Tensors>
struct lifetimes {
    std::array<block, Tensors> blocks{};
    std::array<int, Tensors + 1> block_of{};  ///< by tensor of the census
};

/// Lifetimes of the tensors of one element type (or `any_element`). Step 0 is before the run, when the application
/// writes the inputs; node i executes in step i + 1; the step after the last is the application's reading.
///
/// A tensor lives from the step that makes it to the last that reads it. An alias lends its input's block a longer life.
/// States live always, and so do, once made, the outputs.
template <class Census, std::size_t Outputs>
constexpr auto find_lifetimes(Census const& census, std::array<edge, Outputs> const& outputs, int element, std::size_t nodes, bool placed) {
    constexpr std::size_t tensors = std::tuple_size_v<decltype(census.bytes)> - 1;
    lifetimes<tensors> result;
    int const last_step = static_cast<int>(nodes) + 1;

    std::array<int, tensors + 1> owner{};  // the tensor whose bytes a tensor uses
    std::array<block, tensors + 1> life{};
    auto const tensor_behind = [&](edge const& from) {
        return static_cast<std::size_t>(census.first_tensor[static_cast<std::size_t>(from.node)] + from.result);
    };
    for (std::size_t node = 0; node < nodes; ++node) {
        int const step = census.kind[node] == node_kind::layer ? static_cast<int>(node) + 1 : 0;
        auto const first_edge = static_cast<std::size_t>(census.first_edge[node]);
        auto const last_edge = static_cast<std::size_t>(census.first_edge[node + 1]);
        for (std::size_t e = first_edge; e < last_edge; ++e) {
            if (census.edges[e].node < 0) continue;
            auto& source = life[static_cast<std::size_t>(owner[tensor_behind(census.edges[e])])];
            source.last = std::max(source.last, step);
        }
        auto const first = static_cast<std::size_t>(census.first_tensor[node]);
        auto const last = static_cast<std::size_t>(census.first_tensor[node + 1]);
        for (std::size_t tensor = first; tensor < last; ++tensor) {
            bool const lends = census.alias[node] && census.edges[first_edge].node >= 0;
            owner[tensor] = lends ? owner[tensor_behind(census.edges[first_edge])] : static_cast<int>(tensor);
            // Where the header finds their places, blocks of a multiple of the alignment lie at multiples of it.
            bool const lasts = census.kind[node] == node_kind::state;
            int const bytes = placed ? census.bytes[tensor] : planning::aligned(census.bytes[tensor], census.alignment);
            life[tensor] = {bytes, step, lasts ? last_step : step};
        }
    }
    for (edge const& output : outputs) {
        if (output.node >= 0) life[static_cast<std::size_t>(owner[tensor_behind(output)])].last = last_step;
    }

    // Inputs and states first, then in the order of the layers: by first step.
    std::size_t next = 0;
    for (bool const layers : {false, true}) {
        for (std::size_t node = 0; node < nodes; ++node) {
            if ((census.kind[node] == node_kind::layer) != layers) continue;
            for (int t = census.first_tensor[node]; t < census.first_tensor[node + 1]; ++t) {
                auto const tensor = static_cast<std::size_t>(t);
                bool const counts = owner[tensor] == t && (element == any_element || census.element[tensor] == element);
                result.block_of[tensor] = static_cast<int>(next);
                result.blocks[next] = counts ? life[tensor] : block{0, life[tensor].first, life[tensor].first};
                ++next;
            }
        }
    }
    for (std::size_t tensor = 0; tensor < tensors; ++tensor) {
        result.block_of[tensor] = result.block_of[static_cast<std::size_t>(owner[tensor])];
    }
    return result;
}

template <class Model, class... Output>
consteval auto output_edges(list<Output...>) {
    return std::array<edge, sizeof...(Output)>{edge_from<Model, Output>()...};
}

template <class Model, class Isa, int Element = any_element, bool Placed = false>
inline constexpr auto lifetimes_of = find_lifetimes(census_of<Model, Isa, Placed>, output_edges<Model>(outputs_of<Model>{}), Element,
                                                    static_cast<std::size_t>(Model::nodes::size), Placed);

}  // namespace inlay::graph
