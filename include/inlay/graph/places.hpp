// SPDX-License-Identifier: MIT
//
// Plans that are given: each node says where its tensors lie and in which order its operator makes them, as the tool has
// found them. None of it is trusted: lifetimes and distances are computed again.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/traversal.hpp>
#include <inlay/graph/lifetimes.hpp>
#include <inlay/graph/region.hpp>
#include <inlay/kernels/overlap.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <limits>

namespace inlay {

/// Where a node's tensors lie in the arena, in bytes from its start: an input, a state, or a layer's results and then its
/// scratch. A layer's results may lie over an input that nothing reads afterwards, as far as the operator allows in this order.
/// In a model with regions, each is a byte of a region: `place<traversal::forward, dtcm[128]>`.
template <traversal Order, spot... Spot>
struct place {
    static constexpr traversal order = Order;
    static constexpr std::array<spot, sizeof...(Spot)> spots{Spot...};
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
inline constexpr auto spots_of_node = std::array<spot, 0>{};
template <placed_node Node>
inline constexpr auto spots_of_node<Node> = Node::at::spots;

template <class Model>
consteval auto find_regions() {
    if constexpr (requires { Model::regions; }) {
        return Model::regions;
    } else {
        return std::array{region{0, std::numeric_limits<int>::max()}};
    }
}

/// The regions of a model; one without a limit if it has none.
template <class Model>
inline constexpr auto regions_of = find_regions<Model>();

/// Whether a spot is in a region that the model lists at the index which is its number.
template <class Model>
constexpr bool is_region(spot at) {
    auto const& regions = regions_of<Model>;
    auto const index = static_cast<std::size_t>(at.region);
    return at.region >= 0 && index < std::size(regions) && regions[index].number == at.region;
}

/// The bytes that a model takes of each region, and where each begins if they lie one behind the other.
template <std::size_t Regions>
struct region_bytes {
    std::array<int, Regions> start{};
    std::array<int, Regions> bytes{};

    constexpr int line_up() {
        int end = 0;
        for (std::size_t r = 0; r < Regions; ++r) {
            start[r] = planning::aligned(end, 8);
            if (bytes[r] > 0) end = start[r] + bytes[r];
        }
        return end;
    }

    constexpr std::size_t region_at(int offset) const {
        std::size_t r = 0;
        while (r + 1 < Regions && offset >= start[r] + bytes[r]) ++r;
        return r;
    }
};

/// A plan whose offsets count as if the regions lay one behind the other.
template <std::size_t Blocks, std::size_t Regions>
struct placed_plan : memory_plan<Blocks> {
    std::array<spot, Blocks> spots{};  ///< as the nodes say them
    region_bytes<Regions> regions{};
};

template <class Model, class Isa, class... Node>
consteval auto collect_places(list<Node...>) {
    auto const& census = census_of<Model, Isa, true>;
    auto const& lives = lifetimes_of<Model, Isa, any_element, true>;
    placed_plan<std::size(lives.blocks), std::size(regions_of<Model>)> plan;
    std::size_t node = 0;
    auto const add = [&](auto const& spots) {
        auto const first = static_cast<std::size_t>(census.first_tensor[node]);
        auto const last = static_cast<std::size_t>(census.first_tensor[node + 1]);
        for (std::size_t t = first; t < last && !census.alias[node] && t - first < spots.size(); ++t) {
            auto const b = static_cast<std::size_t>(lives.block_of[t]);
            auto const& at = plan.spots[b] = spots[t - first];
            if (!is_region<Model>(at)) continue;
            auto& bytes = plan.regions.bytes[static_cast<std::size_t>(at.region)];
            bytes = std::max(bytes, at.offset + lives.blocks[b].bytes);
        }
        ++node;
    };
    [[maybe_unused]] int const each[] = {0, (add(spots_of_node<Node>), 0)...};
    plan.bytes = plan.regions.line_up();
    for (std::size_t b = 0; b < std::size(plan.spots); ++b) {
        auto const& at = plan.spots[b];
        plan.offset[b] = at.offset + (is_region<Model>(at) ? plan.regions.start[static_cast<std::size_t>(at.region)] : 0);
    }
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
    for (std::size_t b = 0; b < std::size(plan.spots); ++b) {
        if (plan.spots[b].offset < 0) return {static_cast<int>(b)};
    }
    return planning::find_collision(lives.blocks, plan.offset, plan.bytes, room, std::span{overlaps.pairs}.first(overlaps.count),
                                    census_of<Model, Isa, true>.alignment);
}

template <class Model, class Isa>
inline constexpr planning::collision misplaced = find_misplaced<Model, Isa>();

/// The first block that does not lie in a region of the model, or not as a whole; -1 if there is none.
template <class Model, class Isa>
consteval int find_outside() {
    auto const& lives = lifetimes_of<Model, Isa, any_element, true>;
    auto const& plan = places_of<Model, Isa>;
    for (std::size_t b = 0; b < std::size(plan.spots); ++b) {
        auto const& at = plan.spots[b];
        if (lives.blocks[b].bytes == 0) continue;
        if (!is_region<Model>(at)) return static_cast<int>(b);
        auto const& in = regions_of<Model>[static_cast<std::size_t>(at.region)];
        if (at.offset > in.bytes - lives.blocks[b].bytes) return static_cast<int>(b);
    }
    return -1;
}

template <class Model, class Isa>
inline constexpr int outside = find_outside<Model, Isa>();

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

/// How many tensors of a node need a place, scratch included, and how many places it says.
template <class Node, class Isa>
inline constexpr int tensors_of_node =
    is_alias<Node>() || Node::kind == node_kind::constant ? 0 : held_by<Node>::size + scratch_for<Node, Isa, true>::size;
template <class Node>
inline constexpr int places_of_node =
    is_alias<Node>() || Node::kind == node_kind::constant ? 0 : static_cast<int>(spots_of_node<Node>.size());

template <class Model, class Isa, class Node>
consteval bool check_number_of_places() {
    constexpr int tensors = tensors_of_node<Node, Isa>;
    constexpr int places = places_of_node<Node>;
    static_assert(expect<Node, got<places>, wanted<tensors>>(
        "memory_plan: this node has not as many offsets in its `at` (got) as it has tensors, scratch included (wanted)"));
    return places == tensors;
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
        constexpr auto const& spots = places_of<Model, Isa>.spots;
        if constexpr (constexpr int block = outside<Model, Isa>; block >= 0) {
            constexpr auto at = spots[static_cast<std::size_t>(block)];
            constexpr int end = at.offset + lifetimes_of<Model, Isa, any_element, true>.blocks[static_cast<std::size_t>(block)].bytes;
            constexpr int most = is_region<Model>(at) ? regions_of<Model>[static_cast<std::size_t>(at.region)].bytes : 0;
            static_assert(expect<node_at<Model, node_of_block<Model, Isa>(block)>, got<end>, at_most<most>>(
                "memory_plan: the tensor of this node ends (got) behind the end of its region (at most), or the model lists no region with this number there; "
                "write the header again with `inlay compile`"));
            return false;
        } else if constexpr (found.block >= 0) {
            constexpr int offset = spots[static_cast<std::size_t>(found.block)].offset;
            using node = node_at<Model, node_of_block<Model, Isa>(found.block)>;
            if constexpr (found.with < 0) {
                static_assert(expect<node, got<offset>, wanted<>>(
                    "memory_plan: the offset of this node (got) is negative, or no multiple of the alignment; "
                    "write the header again with `inlay compile`"));
            } else {
                constexpr int other_offset = spots[static_cast<std::size_t>(found.with)].offset;
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

template <class Isa, class... Node>
consteval bool has_as_many_places(list<Node...>) {
    for (bool const fine : {true, places_of_node<Node> == tensors_of_node<Node, Isa>...}) {
        if (!fine) return false;
    }
    return true;
}

template <class Model, class Isa>
consteval bool fits_places() {
    if constexpr (has_as_many_places<Isa>(typename Model::nodes{})) {
        return misplaced<Model, Isa>.block < 0 && outside<Model, Isa> < 0;
    } else {
        return false;
    }
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
