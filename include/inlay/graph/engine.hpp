// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/core/view.hpp>
#include <inlay/graph/arena.hpp>
#include <inlay/graph/budget.hpp>
#include <inlay/graph/fed.hpp>
#include <inlay/graph/network.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace inlay {

/// Bytes of the arena of an engine for this target; states, inputs and outputs included.
template <class Model, class Isa = isa::native>
inline constexpr std::size_t arena_size = static_cast<std::size_t>(graph::plan_of<Model, Isa>.bytes);

namespace graph {

/// What a model's header was written for: `static constexpr policy optimise` of the model.
template <class Model>
consteval policy policy_of() {
    if constexpr (requires { Model::optimise; }) {
        return Model::optimise;
    } else {
        return policy::balanced;
    }
}

}  // namespace graph

/// Runs a model. Its size is the RAM it takes; a copy of it is a copy of the model's state.
/// With `isa::portable` it works in constant evaluation, at the price of an array for each element type.
template <class Model, class Isa = isa::native, policy Policy = graph::policy_of<Model>(), class Arena = graph::arena<Model, Isa>>
class engine {
    static_assert(graph::in_order<Model> || true, "what is wrong is said where it is found");

public:
    using model = Model;

    constexpr engine()
        requires std::is_default_constructible_v<Arena>
    {
        reset();
    }

    /// Of a borrowing_engine: a shared_arena, or a region_memory for each of the model's regions, in any order.
    template <class... Memory>
        requires(sizeof...(Memory) > 0 && std::is_constructible_v<Arena, Memory&...>)
    constexpr explicit engine(Memory&... memory) : arena_{memory...} {
        reset();
    }

    /// The elements of an input (to be written before a run; a run may overwrite them), of an output (to be read
    /// after it), or of a state.
    template <class Node>
    constexpr auto get() {
        static_assert(expect<Node, got<graph::is_fed<Node>>, wanted<false>>(
            "engine: this input never exists whole; hand its rows over with `feed`"));
        static_assert(expect<Node, got<is_visible<Node>(outputs_of<Model>{})>, wanted<true>>(
            "engine: only inputs, outputs and states keep their elements to themselves; list the node in the model's `outputs`"));
        if constexpr (Node::kind == node_kind::constant) {
            return const_view<tensor_of<Node>>{Node::values};
        } else {
            return view_of<Node>();
        }
    }

    /// Takes the next row of a `streamed_input` (a time step, where the tensor has but rows and channels), and computes what it
    /// allows. Whether it was the last one: the outputs are there then, and the next call begins anew. Other inputs are to be
    /// written before the first row.
    template <class Node>
    constexpr bool feed(std::span<typename Node::tensor::value_type const, fed_elements<typename Node::tensor>> row) {
        return feed<Node>(row, []<class>(auto const&) {});
    }

    /// As feed(row), and calls `observe` as run() does.
    template <class Node, class Observer>
    constexpr bool feed(std::span<typename Node::tensor::value_type const, fed_elements<typename Node::tensor>> row, Observer&& observe) {
        using first = graph::first_layer<Model>;
        constexpr bool is_first = std::is_same_v<typename first::inputs, list<Node>> && graph::takes_rows<typename first::operation>;
        static_assert(expect<Node, got<is_first>, wanted<true>>(
            "engine: the network's first layer is not a `streamed` group that reads this input, which is handed over row by row"));
        if constexpr (is_first) {
            return feed_all<first, Node>(row, observe);
        } else {
            return true;
        }
    }

    /// Computes the outputs from the inputs and the states.
    constexpr void run() {
        run([]<class>(auto const&) {});
    }

    /// As run(), and calls `observe.template operator()<Node>(elements)` after each layer with each of its results;
    /// for a result behind the first, Node is `result<Layer, Index>`.
    template <class Observer>
    constexpr void run(Observer&& observe) {
        static_assert(expect<Model, got<graph::is_fed_model<Model>>, wanted<false>>(
            "engine: an input of this model is handed over row by row; call `feed` for each row in place of `run`"));
        if constexpr (graph::in_order<Model>) run_all(observe, typename Model::nodes{});
    }

    /// Sets the states to their initial values.
    constexpr void reset() {
        reset_all(typename Model::nodes{});
        progress_ = {};
    }

private:
    static constexpr bool is_placed = Arena::is_placed;

    template <class Node, class... Output>
    static consteval bool is_visible(list<Output...>) {
        return Node::kind == node_kind::input || Node::kind == node_kind::state || (std::is_same_v<Node, Output> || ...);
    }

    /// The node that owns an edge's elements: for an alias, that of its input.
    template <class Node>
    constexpr auto address_of() {
        using value_type = typename tensor_of<Node>::value_type;
        if constexpr (Node::kind == node_kind::constant) {
            return static_cast<value_type const*>(Node::values);
        } else if constexpr (Node::kind == node_kind::result) {
            return arena_.template at<typename Node::from, Node::index, value_type>();
        } else if constexpr (graph::is_alias<Node>()) {
            return address_of<typename graph::element<0, typename Node::inputs>::type>();
        } else {
            return arena_.template at<Node, 0, value_type>();
        }
    }

    template <class Node>
    constexpr auto view_of() {
        using pointer = decltype(address_of<Node>());
        return basic_view<tensor_of<Node>, std::remove_pointer_t<pointer>>{address_of<Node>()};
    }

    /// What an operator gets for an input: a state can be written, anything else can be read.
    template <class Node>
    constexpr auto operand() {
        if constexpr (Node::kind == node_kind::state) {
            return view_of<Node>();
        } else {
            return const_view<tensor_of<Node>>{address_of<Node>()};
        }
    }

    template <class First, class Node, class Row, class Observer>
    constexpr bool feed_all(Row row, Observer& observe) {
        using scratch = graph::scratch_for<First, Isa, is_placed>;
        if (!feed_first<First, Node>(row.data(), graph::held_by<First>{}, scratch{}, std::make_integer_sequence<int, scratch::size>{})) return false;
        observe.template operator()<First>(operand<First>());
        run_behind<First>(observe, typename Model::nodes{});
        return true;
    }

    template <class First, class Node, class Out, class... Scratch, int... Number>
    constexpr bool feed_first(typename Node::tensor::value_type const* row, list<Out>, list<Scratch...>, std::integer_sequence<int, Number...>) {
        return First::operation::feed(execution<graph::isa_for<First, Isa, is_placed>, Policy>{}, progress_, row,
                                      view<Out>{arena_.template at<First, 0, typename Out::value_type>()}, std::type_identity<typename Node::tensor>{},
                                      view<Scratch>{arena_.template at<First, 1 + Number, typename Scratch::value_type>()}...);
    }

    template <class First, class Observer, class... Node>
    constexpr void run_behind(Observer& observe, list<Node...>) {
        [[maybe_unused]] int const each[] = {0, (run_unless_first<First, Node>(observe), 0)...};
    }

    template <class First, class Node, class Observer>
    constexpr void run_unless_first(Observer& observe) {
        if constexpr (!std::is_same_v<First, Node>) step<Node>(observe);
    }

    template <class Observer, class... Node>
    constexpr void run_all(Observer& observe, list<Node...>) {
        [[maybe_unused]] int const each[] = {0, (step<Node>(observe), 0)...};
    }

    template <class Node, class Observer>
    constexpr void step(Observer& observe) {
        if constexpr (Node::kind == node_kind::layer) {
            using held = graph::held_by<Node>;
            using scratch = graph::scratch_for<Node, Isa, is_placed>;
            evaluate<Node>(observe, held{}, std::make_integer_sequence<int, held::size>{}, typename Node::inputs{}, scratch{},
                           std::make_integer_sequence<int, scratch::size>{});
        }
    }

    template <class Node, class Observer, class... Out, int... Result, class... In, class... Scratch, int... Number>
    constexpr void evaluate(Observer& observe, list<Out...>, std::integer_sequence<int, Result...>, list<In...>, list<Scratch...>,
                            std::integer_sequence<int, Number...>) {
        if constexpr (!graph::is_alias<Node>()) {
            Node::operation::eval(execution<graph::isa_for<Node, Isa, is_placed>, Policy>{},
                                  view<Out>{arena_.template at<Node, Result, typename Out::value_type>()}..., operand<In>()...,
                                  view<Scratch>{arena_.template at<Node, static_cast<int>(sizeof...(Out)) + Number, typename Scratch::value_type>()}...);
        }
        (observe.template operator()<std::conditional_t<Result == 0, Node, result<Node, Result>>>(
             operand<std::conditional_t<Result == 0, Node, result<Node, Result>>>()),
         ...);
    }

    template <class... Node>
    constexpr void reset_all(list<Node...>) {
        [[maybe_unused]] int const each[] = {0, (reset_one<Node>(), 0)...};
    }

    template <class Node>
    constexpr void reset_one() {
        if constexpr (Node::kind == node_kind::state) {
            using tensor = tensor_of<Node>;
            arena_.template fill<Node>(static_cast<typename tensor::value_type>(tensor::quantisation.zero_point), tensor::size);
        }
    }

    Arena arena_;
    [[no_unique_address]] graph::progress_of<Model> progress_{};

    static_assert(graph::keeps_budget<Model, sizeof(graph::arena<Model, Isa>)>());
};

/// An engine whose memory is elsewhere: in an arena that models share, or in regions of the RAM.
template <class Model, class Isa = isa::native, policy Policy = graph::policy_of<Model>()>
using borrowing_engine = engine<Model, Isa, Policy, graph::lent_arena<Model, Isa>>;

}  // namespace inlay
