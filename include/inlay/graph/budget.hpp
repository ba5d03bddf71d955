// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/graph/network.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay {

/// Most bytes of constant tables.
template <std::int64_t Bytes>
struct flash {};
/// Most bytes of an engine.
template <std::int64_t Bytes>
struct ram {};
/// Most multiply-accumulates of a run.
template <std::int64_t Count>
struct macs {};

/// What a model may cost, as part of the model: `using limits = budget<flash<250'000>, ram<64'000>>;`.
/// An engine for a model above its budget does not compile.
template <class... Limit>
struct budget {};

namespace graph {

template <class Operation, class... In>
consteval std::int64_t macs_of_operation(list<In...>) {
    if constexpr (requires { Operation::macs(tensor_of<In>{}...); }) {
        return Operation::macs(tensor_of<In>{}...);
    } else {
        return 0;
    }
}

template <class Node>
consteval std::int64_t macs_of_node() {
    if constexpr (Node::kind == node_kind::layer) {
        return macs_of_operation<typename Node::operation>(typename Node::inputs{});
    } else {
        return 0;
    }
}

template <class Operation, class... In>
consteval std::int64_t flash_of_operation(list<In...>) {
    if constexpr (requires { Operation::flash_bytes(tensor_of<In>{}...); }) {
        return Operation::flash_bytes(tensor_of<In>{}...);
    } else if constexpr (requires { Operation::flash_bytes; }) {
        return Operation::flash_bytes;
    } else {
        return 0;
    }
}

template <class Node>
consteval std::int64_t flash_of_node() {
    if constexpr (Node::kind == node_kind::layer) {
        return flash_of_operation<typename Node::operation>(typename Node::inputs{});
    } else {
        return 0;
    }
}

template <class... Node>
consteval std::int64_t sum_macs(list<Node...>) {
    std::int64_t sum = 0;
    for (std::int64_t const each : {std::int64_t{0}, macs_of_node<Node>()...}) sum += each;
    return sum;
}

template <class... Node>
consteval std::int64_t sum_flash(list<Node...>) {
    std::int64_t sum = 0;
    for (std::int64_t const each : {std::int64_t{0}, flash_of_node<Node>()...}) sum += each;
    return sum;
}

}  // namespace graph

/// Multiply-accumulates of one run.
template <class Model>
inline constexpr std::int64_t macs_of = graph::sum_macs(typename Model::nodes{});

/// Bytes of the model's constant tables: weights, biases, rescale factors. A table used by two layers counts twice.
template <class Model>
inline constexpr std::int64_t flash_of = graph::sum_flash(typename Model::nodes{});

namespace graph {

template <class Model, std::int64_t Ram, std::int64_t Allowed>
consteval void check_limit(flash<Allowed>) {
    static_assert(expect<Model, got<flash_of<Model>>, at_most<Allowed>>(
        "budget: the model's tables take more bytes of flash (got) than allowed (at most)"));
}
template <class Model, std::int64_t Ram, std::int64_t Allowed>
consteval void check_limit(ram<Allowed>) {
    static_assert(expect<Model, got<Ram>, at_most<Allowed>>(
        "budget: the model's engine takes more bytes of RAM (got) than allowed (at most)"));
}
template <class Model, std::int64_t Ram, std::int64_t Allowed>
consteval void check_limit(macs<Allowed>) {
    static_assert(expect<Model, got<macs_of<Model>>, at_most<Allowed>>(
        "budget: the model takes more multiply-accumulates (got) than allowed (at most)"));
}

template <class Model, std::int64_t Ram, class... Limit>
consteval bool check_limits(budget<Limit...>) {
    (check_limit<Model, Ram>(Limit{}), ...);
    return true;
}

/// Whether an engine of `Ram` bytes and its model keep the model's budget; a failure is the compile error.
template <class Model, std::int64_t Ram>
consteval bool keeps_budget() {
    if constexpr (requires { typename Model::limits; }) return check_limits<Model, Ram>(typename Model::limits{});
    return true;
}

}  // namespace graph
}  // namespace inlay
