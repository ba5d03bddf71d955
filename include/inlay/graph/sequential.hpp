// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/graph/network.hpp>

#include <utility>

namespace inlay {

/// Layer number `Index` of the sequential network `Self`.
template <class Self, int Index>
struct stage;

namespace graph {

template <class Self, class Input, class Indices, class... Operation>
struct chain;
template <class Self, class Input, int... Index, class... Operation>
struct chain<Self, Input, std::integer_sequence<int, Index...>, Operation...> : network<Input, stage<Self, Index>...> {
    using first = Input;
    using operations = slots<std::integer_sequence<int, Index...>, Operation...>;
};

template <class Self, int Index>
using operation_at = typename decltype(node_by_index<Index>(static_cast<typename Self::operations const*>(nullptr)))::type;

template <class Self, int Index>
struct before_stage {
    using type = stage<Self, Index - 1>;
};
template <class Self>
struct before_stage<Self, 0> {
    using type = typename Self::first;
};

}  // namespace graph

/// A chain of operators behind one input, without names: `struct net : sequential<net, image, conv2d<w>, softmax<>> {};`.
/// It is told its own name, so that the types of its layers stay short. `net::last` is its output.
template <class Self, class Input, class... Operation>
struct sequential : graph::chain<Self, Input, std::make_integer_sequence<int, sizeof...(Operation)>, Operation...> {
    using last = stage<Self, static_cast<int>(sizeof...(Operation)) - 1>;
};

template <class Self, int Index>
struct stage : layer<graph::operation_at<Self, Index>, typename graph::before_stage<Self, Index>::type> {};

}  // namespace inlay
