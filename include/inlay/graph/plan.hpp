// SPDX-License-Identifier: MIT
//
// The plan of a model: as its nodes say, or found in constant evaluation.
#pragma once

#include <inlay/graph/lifetimes.hpp>
#include <inlay/graph/places.hpp>

#include <array>
#include <cstddef>

namespace inlay::graph {

template <class Model, class Isa, int Element>
consteval auto measure_blocks() {
    auto const& blocks = lifetimes_of<Model, Isa, Element>.blocks;
    std::array<int, std::size(blocks)> room{};
    return planning::measure(blocks, room);
}

template <class Model, class Isa, int Element>
inline constexpr auto measures_of = measure_blocks<Model, Isa, Element>();

template <class Model, class Isa, int Element, int Number>
consteval auto attempt_plan() {
    constexpr auto const& blocks = lifetimes_of<Model, Isa, Element>.blocks;
    constexpr auto const& sizes = measures_of<Model, Isa, Element>;
    std::array<int, sizes.room()> room{};
    memory_plan<std::size(blocks)> plan;
    plan.bytes = planning::attempt(blocks, sizes, Number, room, plan.offset);
    return plan;
}

template <class Model, class Isa, int Element, int Number>
inline constexpr auto attempt_of = attempt_plan<Model, Isa, Element, Number>();

/// As plan_memory, with a constant expression for each attempt.
template <class Model, class Isa, int Element, int Number = 0>
consteval auto first_plan() {
    if constexpr (attempt_of<Model, Isa, Element, Number>.bytes >= 0) {
        return attempt_of<Model, Isa, Element, Number>;
    } else {
        return first_plan<Model, Isa, Element, Number + 1>();
    }
}

/// Whether the engine lies as the nodes say.
template <class Model, class Isa, int Element>
inline constexpr bool is_as_placed = Element == any_element && uses_places<Model, Isa>();

template <class Model, class Isa, int Element>
consteval auto find_plan() {
    if constexpr (is_as_placed<Model, Isa, Element>) {
        return places_of<Model, Isa>;
    } else {
        return first_plan<Model, Isa, Element>();
    }
}

/// Where the tensors lie, in bytes.
template <class Model, class Isa, int Element = any_element>
inline constexpr auto plan_of = find_plan<Model, Isa, Element>();

template <class Model, class Isa>
consteval auto find_region_bytes() {
    if constexpr (is_as_placed<Model, Isa, any_element>) {
        return places_of<Model, Isa>.regions;
    } else {
        // A plan that the nodes do not say knows no regions: it takes the last one, which is the largest as a rule.
        region_bytes<std::size(regions_of<Model>)> result;
        result.bytes.back() = plan_of<Model, Isa>.bytes;
        result.line_up();
        return result;
    }
}

template <class Model, class Isa>
inline constexpr auto region_bytes_of = find_region_bytes<Model, Isa>();

template <class Model, class Isa, int Element>
consteval std::size_t find_collision() {
    auto const& plan = plan_of<Model, Isa, Element>;
    std::array<int, std::size(plan.offset)> room{};
    return planning::first_collision(lifetimes_of<Model, Isa, Element>.blocks, plan.offset, plan.bytes, room);
}

template <class Model, class Isa, int Element>
consteval bool check_plan() {
    if constexpr (is_as_placed<Model, Isa, Element>) {
        return check_places<Model, Isa>();
    } else {
        static_assert(expect<Model, got<find_collision<Model, Isa, Element>()>, wanted<plan_of<Model, Isa, Element>.offset.size()>>(
            "memory_plan: the block of this number (got) shares bytes with another one that is alive together"));
        return true;
    }
}

template <class Model, class Isa, class Node, int Result, int Element>
consteval int find_offset() {
    if constexpr (index_of<Model, Node> < 0) {
        return 0;  // the check of the network's list has said so
    } else {
        auto const node = static_cast<std::size_t>(index_of<Model, Node>);
        constexpr bool placed = is_as_placed<Model, Isa, Element>;
        auto const tensor = static_cast<std::size_t>(census_of<Model, Isa, placed>.first_tensor[node] + Result);
        return plan_of<Model, Isa, Element>.offset[static_cast<std::size_t>(lifetimes_of<Model, Isa, Element, placed>.block_of[tensor])];
    }
}

/// The offset in bytes of result `Result` of the node `Node`, or of its scratch, which counts as one more result.
template <class Model, class Isa, class Node, int Result, int Element = any_element>
inline constexpr int offset_of = find_offset<Model, Isa, Node, Result, Element>();

}  // namespace inlay::graph
