// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/tensor.hpp>

namespace inlay {

template <class... T>
struct list {
    static constexpr int size = sizeof...(T);
};

/// The parts of a network. Each is a named struct, and its name is the edge: `struct conv1 : layer<conv2d<w>, image> {};`
enum class node_kind { input, constant, state, layer, result };

/// A tensor that the application writes before each run.
template <tensor_type Tensor>
struct input {
    static constexpr node_kind kind = node_kind::input;
    using tensor = Tensor;
};

/// A tensor that the application hands over row by row, with the engine's `feed<Node>(row)`. Only the rows that are still to be
/// read are kept: the tensor never exists whole. A `streamed` group reads it, which is the network's first layer.
template <tensor_type Tensor>
struct streamed_input {
    static constexpr node_kind kind = node_kind::input;
    static constexpr bool is_fed = true;
    using tensor = Tensor;
};

/// A tensor of constants; it stays where `Values` is and takes no RAM.
template <tensor_type Tensor, auto const& Values>
struct constant_input {
    static constexpr node_kind kind = node_kind::constant;
    using tensor = Tensor;
    static constexpr auto const& values = Values;
};

/// A tensor that keeps its values from one run to the next. An operator that reads it gets it writable.
/// After a reset every element is Tensor's zero point.
template <tensor_type Tensor>
struct state {
    static constexpr node_kind kind = node_kind::state;
    using tensor = Tensor;
};

/// An operator applied to other nodes.
template <class Operation, class... Inputs>
struct layer {
    static constexpr node_kind kind = node_kind::layer;
    using operation = Operation;
    using inputs = list<Inputs...>;
};

/// What an operator with several results returns from `output`.
template <tensor_type... Tensor>
struct results {};

/// The edge that leads from result `Index` of a layer: `struct scores : layer<softmax<>, result<heads, 1>> {};`
template <class Layer, int Index>
struct result {
    static constexpr node_kind kind = node_kind::result;
    using from = Layer;
    static constexpr int index = Index;
};

namespace graph {

/// Whether a node is an input that is fed row by row.
template <class Node>
inline constexpr bool is_fed = requires { requires Node::is_fed; };

template <class Node>
struct tensor_of_node {
    using type = typename Node::tensor;
};

template <class Node>
using tensor_of_t = typename tensor_of_node<Node>::type;

template <class Layer, class Operation, class... Inputs>
consteval auto results_of(list<Inputs...>) {
    return Operation::template output<Layer>(tensor_of_t<Inputs>{}...);
}

template <class Output>
struct results_list {
    using type = list<Output>;
};
template <class... Tensor>
struct results_list<results<Tensor...>> {
    using type = list<Tensor...>;
};

template <class Layer>
struct layer_results {
    using type =
        typename results_list<decltype(results_of<Layer, typename Layer::operation>(typename Layer::inputs{}))>::type;
};

/// The tensors a layer makes, as a list.
template <class Layer>
using results_of_t = typename layer_results<Layer>::type;

template <int Index, class List>
struct element;
template <class Head, class... Tail>
struct element<0, list<Head, Tail...>> {
    using type = Head;
};
template <int Index, class Head, class... Tail>
struct element<Index, list<Head, Tail...>> : element<Index - 1, list<Tail...>> {};

template <class Node>
    requires(Node::kind == node_kind::layer)
struct tensor_of_node<Node> : element<0, results_of_t<Node>> {};

template <class Layer, int Index>
consteval auto result_at() {
    constexpr int count = results_of_t<Layer>::size;
    static_assert(expect<Layer, got<Index>, below<count>>("result: a layer has no result of this number (got); it has as many as (below)"));
    return element<(Index < count ? Index : 0), results_of_t<Layer>>{};
}

template <class Node>
    requires(Node::kind == node_kind::result)
struct tensor_of_node<Node> : decltype(result_at<typename Node::from, Node::index>()) {};

}  // namespace graph

/// The tensor behind a node: an input's or a state's own, or the (first) result of a layer.
template <class Node>
using tensor_of = graph::tensor_of_t<Node>;

}  // namespace inlay
