// SPDX-License-Identifier: MIT
//
// Inputs that are handed over row by row.
#pragma once

#include <inlay/graph/network.hpp>

#include <cstddef>

namespace inlay {
namespace graph {

template <class... Node>
consteval int first_layer_of(list<Node...>) {
    int index = 0;
    for (bool const is_layer : {Node::kind == node_kind::layer..., true}) {
        if (is_layer) break;
        ++index;
    }
    return index;
}

template <class Model>
using first_layer = node_at<Model, first_layer_of(typename Model::nodes{})>;

template <class... Node>
consteval bool has_fed(list<Node...>) {
    for (bool const fed : {false, is_fed<Node>...}) {
        if (fed) return true;
    }
    return false;
}

/// Whether rows of an input are handed over one by one.
template <class Model>
inline constexpr bool is_fed_model = has_fed(typename Model::nodes{});

/// Whether an operator takes the rows of its input one by one.
template <class Operation>
inline constexpr bool takes_rows = requires { requires Operation::takes_rows; };

/// How far the first layer is, where its input is fed.
template <class Model>
struct find_progress {
    struct type {};
};
template <class Model>
    requires requires { typename first_layer<Model>::operation::template progress<tensor_of<typename element<0, typename first_layer<Model>::inputs>::type>>; }
struct find_progress<Model> {
    using type = typename first_layer<Model>::operation::template progress<tensor_of<typename element<0, typename first_layer<Model>::inputs>::type>>;
};
template <class Model>
using progress_of = typename find_progress<Model>::type;

}  // namespace graph

/// Elements of one row of a tensor [1, H, W, C], or of the one row of any other.
template <tensor_type Tensor>
inline constexpr std::size_t fed_elements =
    static_cast<std::size_t>(Tensor::shape.rank == 4 && Tensor::shape.n() == 1 ? Tensor::size / Tensor::shape.h() : Tensor::size);

}  // namespace inlay
