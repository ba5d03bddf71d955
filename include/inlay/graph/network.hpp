// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/traversal.hpp>
#include <inlay/graph/layer.hpp>
#include <inlay/graph/memory_plan.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace inlay {
namespace graph {

template <int Index, class Node>
struct slot {};

template <class Indices, class... Node>
struct slots;
template <int... Index, class... Node>
struct slots<std::integer_sequence<int, Index...>, Node...> : slot<Index, Node>... {};

}  // namespace graph

/// The nodes of a model in the order of their execution; a node stands behind all that it reads.
/// The last one is the output, unless the model says `using outputs = list<...>;`.
template <class... Node>
struct network {
    using nodes = list<Node...>;
    using slots = graph::slots<std::make_integer_sequence<int, sizeof...(Node)>, Node...>;
};

namespace graph {

template <class Node, int Index>
consteval int index_by_base(slot<Index, Node> const*) {
    return Index;
}
template <class Node>
consteval int index_by_base(...) {
    return -1;
}

/// A node's place in the model's list; -1 if it is not there.
template <class Model, class Node>
inline constexpr int index_of = index_by_base<Node>(static_cast<typename Model::slots const*>(nullptr));

/// Where an edge comes from: the node's place in the list, and which of its results.
struct edge {
    static constexpr int not_listed = -1;
    static constexpr int has_no_bytes = -2;  ///< a constant, or an input of which a group keeps what it needs

    int node;
    int result = 0;
};

template <class Model, class Node>
consteval edge edge_from() {
    if constexpr (Node::kind == node_kind::constant || is_fed<Node>) {
        return {edge::has_no_bytes};
    } else if constexpr (Node::kind == node_kind::result) {
        return {index_of<Model, typename Node::from>, Node::index};
    } else {
        return {index_of<Model, Node>};
    }
}

/// An operator whose result is its input under another shape: it takes no step and no bytes.
template <class Node>
consteval bool is_alias() {
    if constexpr (Node::kind == node_kind::layer) {
        return requires { requires Node::operation::is_alias; };
    } else {
        return false;
    }
}

template <class Node>
struct inputs_of_node {
    using type = list<>;
};
template <class Node>
    requires(Node::kind == node_kind::layer)
struct inputs_of_node<Node> {
    using type = typename Node::inputs;
};

template <class Node>
struct results_of_node {
    using type = list<typename Node::tensor>;
};
template <class Node>
    requires is_fed<Node>
struct results_of_node<Node> {
    using type = list<>;
};
template <class Node>
    requires(Node::kind == node_kind::layer)
struct results_of_node<Node> {
    using type = results_of_t<Node>;
};

/// Tensors that a node holds: one for an input or a state, none for an input that is fed, the results for a layer.
template <class Node>
using held_by = typename results_of_node<Node>::type;

template <class Operation, class Isa, class... In>
consteval auto scratch_of(list<In...>) {
    if constexpr (requires { Operation::template scratch<Isa>(tensor_of<In>{}...); }) {
        return typename results_list<decltype(Operation::template scratch<Isa>(tensor_of<In>{}...))>::type{};
    } else {
        return list<>{};
    }
}

/// Room that an operator asks for while it runs, as a list of tensors.
template <class Node, class Isa>
struct scratch_of_node {
    using type = list<>;
};
template <class Node, class Isa>
    requires(Node::kind == node_kind::layer)
struct scratch_of_node<Node, Isa> {
    using type = decltype(scratch_of<typename Node::operation, Isa>(typename Node::inputs{}));
};

/// Whether a node says itself where its tensors lie: `using at = place<traversal::forward, 128>;`.
template <class Node>
concept placed_node = requires { typename Node::at; };

template <class Node, class Isa, bool Placed>
struct isa_of_node {
    using type = Isa;
};
template <placed_node Node, class Isa>
struct isa_of_node<Node, Isa, true> {
    using type = traversing<Isa, Node::at::order>;
};

/// The instruction set for a node's operator, with the traversal that the node's place says, if places count.
template <class Node, class Isa, bool Placed>
using isa_for = typename isa_of_node<Node, Isa, Placed>::type;

template <class Node, class Isa, bool Placed>
using scratch_for = typename scratch_of_node<Node, isa_for<Node, Isa, Placed>>::type;

/// What a layer reads, as the subject of a check.
template <class Layer, class Node>
struct reading {};

template <class Node, class... Listed>
consteval int times_listed(list<Listed...>) {
    int times = 0;
    for (bool const same : {false, std::is_same_v<Node, Listed>...}) times += same;
    return times;
}

template <class Node>
struct source_of {
    using type = Node;
};
template <class Node>
    requires(Node::kind == node_kind::result)
struct source_of<Node> {
    using type = typename Node::from;
};

/// Whether a layer reads a node of the list that stands before it. Constants stand nowhere; a node that is listed twice
/// is not found, and complained of by itself.
template <class Model, class Layer, class In>
constexpr bool check_edge() {
    using source = typename source_of<In>::type;
    constexpr int place = index_of<Model, Layer>;
    constexpr int source_place = index_of<Model, source>;
    if constexpr (source::kind == node_kind::constant) {
        return true;
    } else if constexpr (source_place < 0) {
        constexpr int times = times_listed<source>(typename Model::nodes{});
        static_assert(expect<reading<Layer, In>, got<times != 0>, wanted<true>>(
            "network: a node that a layer reads is not in the network's list"));
        return false;
    } else {
        static_assert(expect<reading<Layer, In>, got<source_place>, below<place>>(
            "network: a node that a layer reads stands at a place (got) behind the layer's own (below)"));
        return source_place < place;
    }
}

template <class Model, class Node, class... In>
constexpr bool check_node(list<In...>) {
    if constexpr (index_of<Model, Node> < 0) {
        constexpr int times = times_listed<Node>(typename Model::nodes{});
        static_assert(expect<Node, got<times>, wanted<1>>("network: a node is listed more than once; times listed (got)"));
        return false;
    } else {
        return (true && ... && check_edge<Model, Node, In>());
    }
}

template <class Model, class Output>
constexpr bool check_output() {
    using source = typename source_of<Output>::type;
    constexpr int times = source::kind == node_kind::constant ? 1 : times_listed<source>(typename Model::nodes{});
    static_assert(expect<Output, got<times != 0>, wanted<true>>("network: an output of the model is not in the network's list"));
    return times == 1;
}

/// Where the tensors of one element type, or of all types, live, in numbers. A node's tensors stand together; the
/// scratch of a layer stands behind its results.
template <std::size_t Nodes, std::size_t Tensors, std::size_t Edges>
struct census {
    std::array<node_kind, Nodes + 1> kind{};
    std::array<bool, Nodes + 1> alias{};
    std::array<int, Nodes + 1> first_tensor{};
    std::array<int, Nodes + 1> first_edge{};
    std::array<int, Tensors + 1> bytes{};
    std::array<int, Tensors + 1> element{};
    std::array<edge, Edges + 1> edges{};
    int alignment = 1;  ///< the strictest of all element types
};

template <class T>
consteval int element_number() {
    if constexpr (std::is_same_v<T, std::int8_t>) return 0;
    else if constexpr (std::is_same_v<T, float>) return 1;
    else if constexpr (std::is_same_v<T, std::int32_t>) return 2;
    else if constexpr (std::is_same_v<T, std::int16_t>) return 3;
    else if constexpr (std::is_same_v<T, std::uint8_t>) return 4;
    else if constexpr (std::is_same_v<T, std::int64_t>) return 5;
    else if constexpr (std::is_same_v<T, std::uint32_t>) return 6;
    else if constexpr (std::is_same_v<T, std::uint64_t>) return 7;
    else if constexpr (std::is_same_v<T, bool>) return 8;
    else return 9;
}
inline constexpr int any_element = -1;

/// The sum of a list; a fold expression over more than 256 layers does not compile on clang.
consteval std::size_t total(std::initializer_list<int> numbers) {
    std::size_t sum = 0;
    for (int const each : numbers) sum += static_cast<std::size_t>(each);
    return sum;
}

template <class Model, class Isa, bool Placed, class... Node>
consteval auto take_census(list<Node...>) {
    constexpr std::size_t tensors = total({0, held_by<Node>::size + scratch_for<Node, Isa, Placed>::size...});
    constexpr std::size_t edges = total({0, inputs_of_node<Node>::type::size...});
    census<sizeof...(Node), tensors, edges> result;
    std::size_t node = 0;
    std::size_t tensor = 0;
    std::size_t next_edge = 0;
    auto const hold = [&]<class... Tensor>(list<Tensor...>) {
        [[maybe_unused]] int const each[] = {0, (result.bytes[tensor] = Tensor::bytes,
                                                 result.element[tensor++] = element_number<typename Tensor::value_type>(), 0)...};
        for (std::size_t const strict : {std::size_t{1}, alignof(typename Tensor::value_type)...}) {
            if (strict > static_cast<std::size_t>(result.alignment)) result.alignment = static_cast<int>(strict);
        }
    };
    auto const read = [&]<class... In>(list<In...>) {
        [[maybe_unused]] int const each[] = {0, (result.edges[next_edge++] = edge_from<Model, In>(), 0)...};
    };
    auto const add = [&]<class N>(std::type_identity<N>) {
        result.kind[node] = N::kind;
        result.alias[node] = is_alias<N>();
        result.first_tensor[node] = static_cast<int>(tensor);
        result.first_edge[node] = static_cast<int>(next_edge);
        hold(held_by<N>{});
        hold(scratch_for<N, Isa, Placed>{});
        read(typename inputs_of_node<N>::type{});
        ++node;
    };
    [[maybe_unused]] int const each[] = {0, (add(std::type_identity<Node>{}), 0)...};
    result.first_tensor[node] = static_cast<int>(tensor);
    result.first_edge[node] = static_cast<int>(next_edge);
    return result;
}

template <class Model, class Isa, bool Placed = false>
inline constexpr auto census_of = take_census<Model, Isa, Placed>(typename Model::nodes{});

template <int Index, class Node>
consteval std::type_identity<Node> node_by_index(slot<Index, Node> const*) {
    return {};
}

template <class Model, int Index>
using node_at = typename decltype(node_by_index<Index>(static_cast<typename Model::slots const*>(nullptr)))::type;

template <class... Node>
consteval int count_inputs(list<Node...>) {
    return static_cast<int>(total({0, Node::kind == node_kind::input ? 1 : 0 ...}));
}

template <class Model, int Count, class... Node>
consteval auto input_indices(list<Node...>) {
    std::array<int, Count> indices{};
    std::size_t found = 0;
    int node = 0;
    for (bool const is_input : {Node::kind == node_kind::input...}) {
        if (is_input) indices[found++] = node;
        ++node;
    }
    return indices;
}

template <class Model>
consteval auto list_inputs() {
    constexpr int count = count_inputs(typename Model::nodes{});
    constexpr auto indices = input_indices<Model, count>(typename Model::nodes{});
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return list<node_at<Model, indices[I]>...>{};
    }(std::make_index_sequence<static_cast<std::size_t>(count)>{});
}

template <class Model>
consteval auto list_outputs() {
    if constexpr (requires { typename Model::outputs; }) {
        return typename Model::outputs{};
    } else {
        return list<node_at<Model, Model::nodes::size - 1>>{};
    }
}

template <class Model, class... Node, class... Output>
constexpr bool check_network(list<Node...>, list<Output...>) {
    for (bool const fine : {true, check_node<Model, Node>(typename inputs_of_node<Node>::type{})..., check_output<Model, Output>()...}) {
        if (!fine) return false;
    }
    return true;
}

/// Whether every node is listed once, behind all that it reads; where it is not, that is the compile error.
template <class Model>
inline constexpr bool in_order = check_network<Model>(typename Model::nodes{}, list_outputs<Model>());

}  // namespace graph

/// The nodes that the application writes, in the model's order.
template <class Model>
using inputs_of = decltype(graph::list_inputs<Model>());

/// The nodes that the application reads after a run.
template <class Model>
using outputs_of = decltype(graph::list_outputs<Model>());

}  // namespace inlay
