// SPDX-License-Identifier: MIT
//
// Plans that are given: each node says where its tensors lie and in which order its operator makes them, as the tool has
// found them. None of it is trusted: lifetimes and distances are computed again.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/traversal.hpp>
#include <inlay/graph/lifetimes.hpp>
#include <inlay/kernels/overlap.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>

namespace inlay {

/// Where a node's tensors lie in the arena, in bytes from its start: an input, a state, or a layer's results and then its
/// scratch. A layer's results may lie over an input that nothing reads afterwards, as far as the operator allows in this order.
template <traversal Order, int... Offset>
struct place {
    static constexpr traversal order = Order;
    static constexpr std::array<int, sizeof...(Offset)> offset{Offset...};
};

namespace graph {

template <class Operation, class Isa, class... In>
consteval auto rules_of_operation(list<In...>) {
    if constexpr (requires { Operation::template overlap<Isa>(tensor_of<In>{}...); }) {
        return Operation::template overlap<Isa>(tensor_of<In>{}...);
    } else {
        // An operator that says nothing goes forward, and keeps its result apart from its inputs.
        using result = decltype(results_of<Operation, Operation>(list<In...>{}));
        int const out = element<0, typename results_list<result>::type>::type::bytes;
        bool const forward = order_of<Isa> == traversal::forward;
        return std::array<overlap_rule, sizeof...(In)>{forward ? disjoint(tensor_of<In>::bytes, out) : nowhere...};
    }
}

template <class Node, class Isa>
consteval auto rules_of_node() {
    if constexpr (Node::kind == node_kind::layer && !is_alias<Node>()) {
        return rules_of_operation<typename Node::operation, isa_for<Node, Isa, true>>(typename Node::inputs{});
    } else {
        return std::array<overlap_rule, static_cast<std::size_t>(inputs_of_node<Node>::type::size)>{};
    }
}

/// How the first result of a node may lie over each of its inputs. A constant expression for each node, as compilers count
/// the steps of each.
template <class Node, class Isa>
inline constexpr auto rules_of = rules_of_node<Node, Isa>();

template <class... Node>
consteval bool has_places(list<Node...>) {
    for (bool const placed : {false, placed_node<Node>...}) {
        if (placed) return true;
    }
    return false;
}

template <class Node>
inline constexpr auto offsets_of_node = std::array<int, 0>{};
template <placed_node Node>
inline constexpr auto offsets_of_node<Node> = Node::at::offset;

template <class Model, class Isa, class... Node>
consteval auto collect_places(list<Node...>) {
    auto const& census = census_of<Model, Isa, true>;
    auto const& lives = lifetimes_of<Model, Isa, any_element, true>;
    memory_plan<std::size(lives.blocks)> plan;
    std::size_t node = 0;
    auto const add = [&](auto const& offsets) {
        auto const first = static_cast<std::size_t>(census.first_tensor[node]);
        auto const last = static_cast<std::size_t>(census.first_tensor[node + 1]);
        for (std::size_t t = first; t < last && !census.alias[node] && t - first < offsets.size(); ++t) {
            auto const b = static_cast<std::size_t>(lives.block_of[t]);
            plan.offset[b] = offsets[t - first];
            plan.bytes = std::max(plan.bytes, plan.offset[b] + lives.blocks[b].bytes);
        }
        ++node;
    };
    [[maybe_unused]] int const each[] = {0, (add(offsets_of_node<Node>), 0)...};
    return plan;
}

/// The plan as the nodes say it.
template <class Model, class Isa>
inline constexpr auto places_of = collect_places<Model, Isa>(typename Model::nodes{});

/// Which results may lie over which inputs: those that die with the layer that reads them.
template <class Model, class Isa, class... Node>
consteval auto collect_overlapping(list<Node...>) {
    auto const& census = census_of<Model, Isa, true>;
    auto const& lives = lifetimes_of<Model, Isa, any_element, true>;
    constexpr std::size_t edges = total({0, inputs_of_node<Node>::type::size...});
    struct {
        std::array<planning::overlapping, edges + 1> pairs{};
        std::size_t count = 0;
    } found;
    int node = 0;
    auto const add = [&](auto const& rules) {
        auto const n = static_cast<std::size_t>(node++);
        if (census.kind[n] != node_kind::layer || census.alias[n]) return;
        int const out = lives.block_of[static_cast<std::size_t>(census.first_tensor[n])];
        std::size_t const before = found.count;
        for (std::size_t k = 0; k < rules.size(); ++k) {
            edge const& from = census.edges[static_cast<std::size_t>(census.first_edge[n]) + k];
            if (from.node < 0) continue;
            int const in = lives.block_of[static_cast<std::size_t>(census.first_tensor[static_cast<std::size_t>(from.node)] + from.result)];
            bool const dies = lives.blocks[static_cast<std::size_t>(in)].last == node;
            if (!dies && !rules[k].same_address) continue;
            auto rule = dies ? rules[k] : nowhere;
            for (std::size_t p = before; p < found.count; ++p) {
                if (found.pairs[p].in == in) rule = rule & found.pairs[p].rule;
            }
            found.pairs[found.count++] = {in, out, rule};
        }
    };
    [[maybe_unused]] int const each[] = {0, (add(rules_of<Node, Isa>), 0)...};
    return found;
}

template <class Model, class Isa>
inline constexpr auto overlapping_of = collect_overlapping<Model, Isa>(typename Model::nodes{});

template <class Model, class Isa>
consteval planning::collision find_misplaced() {
    auto const& lives = lifetimes_of<Model, Isa, any_element, true>;
    auto const& plan = places_of<Model, Isa>;
    auto const& overlaps = overlapping_of<Model, Isa>;
    std::array<int, std::size(lives.blocks)> room{};
    return planning::find_collision(lives.blocks, plan.offset, plan.bytes, room, std::span{overlaps.pairs}.first(overlaps.count),
                                    std::max(planning::alignment, census_of<Model, Isa, true>.alignment));
}

template <class Model, class Isa>
inline constexpr planning::collision misplaced = find_misplaced<Model, Isa>();

/// The node whose own bytes a block is.
template <class Model, class Isa>
consteval int node_of_block(int b) {
    auto const& census = census_of<Model, Isa, true>;
    auto const& lives = lifetimes_of<Model, Isa, any_element, true>;
    int node = 0;
    while (census.alias[static_cast<std::size_t>(node)] ||
           !std::ranges::any_of(std::span{lives.block_of}.subspan(static_cast<std::size_t>(census.first_tensor[static_cast<std::size_t>(node)]),
                                                                 static_cast<std::size_t>(census.first_tensor[static_cast<std::size_t>(node) + 1] -
                                                                                          census.first_tensor[static_cast<std::size_t>(node)])),
                                [&](int each) { return each == b; })) {
        ++node;
    }
    return node;
}

/// Two nodes of a plan, as the subject of a check.
template <class Node, class Other>
struct sharing {};

template <class Model, class Isa, class Node>
consteval bool check_number_of_places() {
    if constexpr (is_alias<Node>() || Node::kind == node_kind::constant) {
        return true;
    } else {
        constexpr int tensors = held_by<Node>::size + scratch_for<Node, Isa, true>::size;
        constexpr int places = static_cast<int>(offsets_of_node<Node>.size());
        static_assert(expect<Node, got<places>, wanted<tensors>>(
            "memory_plan: this node has not as many offsets in its `at` (got) as it has tensors, scratch included (wanted)"));
        return places == tensors;
    }
}

template <class Model, class Isa, class... Node>
consteval bool check_numbers_of_places(list<Node...>) {
    for (bool const fine : {true, check_number_of_places<Model, Isa, Node>()...}) {
        if (!fine) return false;
    }
    return true;
}

/// Whether the places that the nodes say are a plan; what is wrong is the compile error.
template <class Model, class Isa>
consteval bool check_places() {
    if constexpr (check_numbers_of_places<Model, Isa>(typename Model::nodes{})) {
        constexpr planning::collision found = misplaced<Model, Isa>;
        if constexpr (found.block >= 0) {
            constexpr auto const& offsets = places_of<Model, Isa>.offset;
            constexpr int offset = offsets[static_cast<std::size_t>(found.block)];
            using node = node_at<Model, node_of_block<Model, Isa>(found.block)>;
            if constexpr (found.with < 0) {
                static_assert(expect<node, got<offset>, wanted<>>(
                    "memory_plan: the offset of this node (got) is negative, or no multiple of the alignment; "
                    "write the header again with `inlay compile`"));
            } else {
                constexpr int other_offset = offsets[static_cast<std::size_t>(found.with)];
                using other = node_at<Model, node_of_block<Model, Isa>(found.with)>;
                static_assert(expect<sharing<node, other>, got<offset, other_offset>, wanted<>>(
                    "memory_plan: the tensors of these nodes, at these offsets (got), share bytes that both need; "
                    "write the header again with `inlay compile`"));
            }
        }
        return found.block < 0;
    } else {
        return false;
    }
}

template <class Model, class Isa>
consteval bool fits_places() {
    return misplaced<Model, Isa>.block < 0;
}

/// The instruction set whose kernels the places are made for.
template <class Model>
consteval auto find_planned_isa() {
    if constexpr (requires { typename Model::planned_for; }) {
        return typename Model::planned_for{};
    } else {
        return isa::portable{};
    }
}

/// Whether the engine of an instruction set lies as the nodes say. The kernels of another one than the places are made for
/// may allow less overlap; its engine is planned in constant evaluation then.
template <class Model, class Isa>
consteval bool uses_places() {
    if constexpr (!has_places(typename Model::nodes{})) {
        return false;
    } else if constexpr (fits_places<Model, Isa>()) {
        return true;
    } else {
        return !fits_places<Model, decltype(find_planned_isa<Model>())>();
    }
}

}  // namespace graph
}  // namespace inlay
