// SPDX-License-Identifier: MIT
//
// A chain of layers as the stages of stream_plan.hpp, and what it keeps of each tensor.
#pragma once

#include <inlay/core/scheme.hpp>
#include <inlay/graph/layer.hpp>
#include <inlay/graph/stream_plan.hpp>

#include <array>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace inlay::streaming {

/// The chain's stage that a node is; 0, the image, if it is none of them.
template <class Node, class... Layer>
constexpr int stage_of(list<Layer...>) {
    int number = 0;
    int found = 0;
    for (bool const same : {std::is_same_v<Node, Layer>...}) {
        ++number;
        if (same) found = number;
    }
    return found;
}

/// The nodes of `In` that are none of the layers, each once.
template <class Found, class Layers, class... In>
struct outside {
    using type = Found;
};
template <class... Found, class Layers, class In, class... Rest>
struct outside<list<Found...>, Layers, In, Rest...>
    : outside<std::conditional_t<stage_of<In>(Layers{}) != 0 || (std::is_same_v<In, Found> || ...), list<Found...>, list<Found..., In>>, Layers, Rest...> {};

template <class... List>
struct joined {
    using type = list<>;
};
template <class... A>
struct joined<list<A...>> {
    using type = list<A...>;
};
template <class... A, class... B, class... Rest>
struct joined<list<A...>, list<B...>, Rest...> : joined<list<A..., B...>, Rest...> {};

template <class Layers, class In>
struct outside_of;
template <class Layers, class... In>
struct outside_of<Layers, list<In...>> : outside<list<>, Layers, In...> {};

/// What a chain reads from outside of it.
template <class... Layer>
using images_of = typename outside_of<list<Layer...>, typename joined<typename Layer::inputs...>::type>::type;

/// The grid of a tensor: that of an image [1, H, W, C]; anything else is one pixel.
template <tensor_type Tensor>
constexpr image_grid grid_of() {
    constexpr int pixel = pixel_size<Tensor> * static_cast<int>(sizeof(typename Tensor::value_type));
    if (pixel == Tensor::bytes) return {1, 1, pixel};
    return {Tensor::shape.h(), Tensor::shape.w(), pixel};
}

template <class Operation, class... In>
consteval bool can_stream(list<In...>) {
    return sizeof...(In) <= 2 && requires { Operation::reading(tensor_of<In>{}...); };
}

template <class Operation, class... In>
constexpr window_reading reading_of_operation(list<In...>) {
    if constexpr (can_stream<Operation>(list<In...>{})) {
        return Operation::reading(tensor_of<In>{}...);
    } else {
        return {};  // `streamed` has said so
    }
}

/// Stages by number: the image, then the layers.
template <tensor_type Image, bool IsFed, int Tile, class... Layer>
class chain {
public:
    using layers = list<Layer...>;
    static constexpr int last = sizeof...(Layer);
    static constexpr std::size_t count = sizeof...(Layer) + 1;

    template <int Stage>
    using layer_at = typename graph::element<Stage - 1, layers>::type;

private:
    template <int Stage>
    struct find_tensor {
        using type = inlay::tensor_of<layer_at<Stage>>;
    };
    template <int Stage>
        requires(Stage == 0)
    struct find_tensor<Stage> {
        using type = Image;
    };

    template <class... In>
    static constexpr void set_inputs(stage& of, list<In...>) {
        int k = 0;
        for (int const from : {stage_of<In>(layers{})...}) of.inputs[k++] = from;
    }

    template <class Node>
    static constexpr stage make_stage() {
        stage made{.result = grid_of<inlay::tensor_of<Node>>(), .reads = reading_of_operation<typename Node::operation>(typename Node::inputs{})};
        set_inputs(made, typename Node::inputs{});
        return made;
    }

    using stages = std::array<stage, count>;
    using needs = std::array<need, count>;

    static constexpr stages choose(needs const& known) {
        stages list{stage{.result = grid_of<Image>(), .reads = {}}, make_stage<Layer>()...};
        list_readers(list);
        choose_steps(list, Tile, known);
        return list;
    }

    static constexpr auto walk_on(stages const& list, measures<std::array<position, count>, needs> const& state) {
        std::array<std::int16_t, count> wanted_by{};
        return measure(list, state, wanted_by, 1000);
    }

    /// A constant expression for each thousand steps, as compilers count those of each.
    template <needs Known, int Part>
    struct part {
        static constexpr auto walked = walk_on(choose(Known), part<Known, Part - 1>::walked);
    };
    template <needs Known>
    struct part<Known, 0> {
        static constexpr auto walked = start_measures(choose(Known), std::array<position, count>{}, needs{}, IsFed);
    };

    template <needs Known, int Part = 1>
    static consteval auto measured() {
        if constexpr (part<Known, Part>::walked.is_complete) {
            return part<Known, Part>::walked;
        } else {
            return measured<Known, Part + 1>();
        }
    }

    struct planned {
        stages list;
        int distance;
        needs known;
        bool is_fine;
    };

    template <needs Known>
    static consteval planned accepted() {
        constexpr auto found = measured<Known>();
        planned result{choose(Known), found.distance, Known, false};
        result.is_fine = accept(result.list, found.needs, result.known);
        return result;
    }

    template <needs Known = needs{}>
    static consteval planned find_plan() {
        constexpr auto found = accepted<Known>();
        if constexpr (found.is_fine) {
            return found;
        } else {
            return find_plan<found.known>();
        }
    }

    static constexpr auto plan = find_plan();

    template <int Stage>
        requires(plan.list[static_cast<std::size_t>(Stage)].lies_in != stage::none)
    static consteval inlay::list<> kept_of() {
        return {};
    }
    template <int Stage>
    static consteval auto kept_of() {
        using result = typename find_tensor<Stage>::type;
        constexpr int elements = plan.list[static_cast<std::size_t>(Stage)].kept_pixels() * pixel_size<result>;
        return inlay::list<tensor<typename result::value_type, shape{elements}>>{};
    }

    template <int Stage>
    static consteval auto sums_of() {
        if constexpr (plan.list[static_cast<std::size_t>(Stage)].is_sum()) {
            using element = typename find_tensor<Stage>::type::value_type;
            return list<tensor<typename scheme_of_element<element>::accumulator, shape{find_tensor<Stage>::type::size}>>{};
        } else {
            return list<>{};
        }
    }

    template <int... Kept, int... Stage>
    static consteval auto find_kept(std::integer_sequence<int, Kept...>, std::integer_sequence<int, Stage...>) {
        return typename joined<decltype(kept_of<Kept + !IsFed>())..., decltype(sums_of<Stage + 1>())...>::type{};
    }

public:
    template <int Stage>
    using tensor_of = typename find_tensor<Stage>::type;

    static constexpr auto const& list_of_stages = plan.list;

    /// See forward_overlap.
    static constexpr int distance = plan.distance;

    /// The tensors that a run needs beside the image and the result: what is kept of each stage before the last, that of the
    /// image first if it is fed; then the sums.
    using kept = decltype(find_kept(std::make_integer_sequence<int, last - 1 + IsFed>{}, std::make_integer_sequence<int, last>{}));

    /// The stage in whose result a stage's pixels lie.
    static consteval int place_of(int of) {
        while (plan.list[static_cast<std::size_t>(of)].lies_in != stage::none) of = plan.list[static_cast<std::size_t>(of)].lies_in;
        return of;
    }

    /// Where in `{image, what is kept, result}` lies the result of a stage, and where its sums.
    static consteval std::size_t number_of_result(int of) {
        std::size_t number = 0;
        for (int s = 0; s < place_of(of); ++s) number += plan.list[static_cast<std::size_t>(s)].lies_in == stage::none;
        if (of == last) number += static_cast<std::size_t>(count_sums(count));
        return number;
    }
    static consteval std::size_t number_of_sums(int of) {
        return number_of_result(last) - static_cast<std::size_t>(count_sums(count) - count_sums(static_cast<std::size_t>(of)));
    }

private:
    static consteval int count_sums(std::size_t before) {
        int sums = 0;
        for (std::size_t s = 1; s < before; ++s) sums += plan.list[s].is_sum();
        return sums;
    }
};

}  // namespace inlay::streaming
