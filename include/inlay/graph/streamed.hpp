// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/isa.hpp>
#include <inlay/core/rows.hpp>
#include <inlay/core/view.hpp>
#include <inlay/graph/budget.hpp>
#include <inlay/graph/stream_chain.hpp>
#include <inlay/kernels/overlap.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

namespace inlay {

/// A chain of layers as one operator. Each layer makes a few pixels as soon as its inputs are there, every pixel once; of the
/// tensors between the layers only what is still to be read is kept.
///   input   the image that the chain reads, one tensor
///   output  the last layer's
///   source  results are those of the layers one by one, bit for bit
template <class Layers, int Tile, bool IsFed>
struct stream;

template <class... Layer, int Tile, bool IsFed>
struct stream<list<Layer...>, Tile, IsFed> {
    static constexpr bool takes_rows = IsFed;

    template <class Image>
    using chain = streaming::chain<Image, IsFed, Tile, Layer...>;

    template <class Group, tensor_type Image>
    static consteval auto output(Image) {
        static_assert(expect<Group, got<streaming::images_of<Layer...>::size>, wanted<1>>(
            "streamed: the layers read several tensors from outside of the group (got)"));
        (check_layer<Layer>(), ...);
        return tensor_of<typename graph::element<static_cast<int>(sizeof...(Layer)) - 1, list<Layer...>>::type>{};
    }

    /// What is kept, and room for one kernel at a time.
    template <class Isa, tensor_type Image>
    static consteval auto scratch(Image) {
        constexpr int words = kernel_words<chain<Image>, Isa>();
        return []<class... Kept>(list<Kept...>) {
            if constexpr (words > 0) {
                return results<Kept..., tensor<std::uint32_t, shape{words}>>{};
            } else {
                return results<Kept...>{};
            }
        }(typename chain<Image>::kept{});
    }

    /// The result is made over the image, as this is read.
    template <class Isa, tensor_type Image>
    static consteval auto overlap(Image) {
        constexpr int out = chain<Image>::template tensor_of<chain<Image>::last>::bytes;
        return std::array{order_of<Isa> == traversal::forward ? forward_overlap(Image::bytes, out, chain<Image>::distance) : nowhere};
    }

    template <class Isa, tensor_type Out, tensor_type Image, class... Kept>
    static constexpr void eval(Isa isa, view<Out> out, const_view<Image> image, Kept... kept) {
        progress<Image> made{};
        made[0] = streaming::at(streaming::grid_of<Image>().rows, 0);
        make<Image>(isa, made, std::tuple{image.data(), kept.data()..., out.data()});
    }

    /// How far the layers are, while the rows of the image are fed.
    template <tensor_type Image>
    using progress = std::array<streaming::position, chain<Image>::count>;

    /// Takes the next row of the image, and makes what it allows. Whether it was the last one; the result is there then.
    template <class Isa, tensor_type Out, tensor_type Image, tensor_type Rows, class... Kept>
    static constexpr bool feed(Isa isa, progress<Image>& made, typename Image::value_type const* row, view<Out> out, std::type_identity<Image>,
                               view<Rows> image, Kept... kept) {
        constexpr streaming::stage const& s = chain<Image>::list_of_stages[0];
        constexpr int elements = Image::size / s.result.rows;
        streaming::walker const walk{chain<Image>::list_of_stages, made};
        if (!walk.is_complete(chain<Image>::last)) std::copy_n(row, elements, image.data() + made[0].row % s.kept_rows * elements);
        made[0] = streaming::at(made[0].row + 1, 0);
        make<Image>(isa, made, std::tuple{image.data(), kept.data()..., out.data()});
        if (made[0].row < s.result.rows) return false;
        made = {};
        return true;
    }

    template <tensor_type Image>
    static consteval std::int64_t macs(Image) {
        return (std::int64_t{0} + ... + graph::macs_of_node<Layer>());
    }

    template <tensor_type Image>
    static consteval std::int64_t flash_bytes(Image) {
        return (std::int64_t{0} + ... + graph::flash_of_node<Layer>());
    }

private:
    template <class Node>
    static consteval void check_layer() {
        static_assert(expect<Node, got<streaming::can_stream<typename Node::operation>(typename Node::inputs{})>, wanted<true>>(
            "streamed: this layer cannot be made a few pixels at a time; take it out of the group"));
    }

    /// Makes what the pixels of the image allow.
    ///   made      of each stage
    ///   pointers  to the image or what is kept of it, to what is kept of each stage, the sums, and the result
    template <class Image, class Isa, class Pointers>
    static constexpr void make(Isa isa, progress<Image>& made, Pointers const& pointers) {
        using Chain = chain<Image>;
        std::array<std::int16_t, Chain::count> wanted_by{};
        streaming::walker walk{Chain::list_of_stages, made};
        walk.walk(wanted_by, [&](int stage, streaming::position first, int pixels) {
            [&]<int... Number>(std::integer_sequence<int, Number...>) {
                ((stage == Number + 1 ? step<Chain, Number + 1>(isa, first, pixels, pointers) : void()), ...);
            }(std::make_integer_sequence<int, Chain::last>{});
            return true;
        });
    }

    /// What the kernel of a layer needs, if it is one for whole rows.
    template <class Chain, class Isa, int Stage>
    static consteval auto scratch_of() {
        using node = typename Chain::template layer_at<Stage>;
        if constexpr (stage_at<Chain, Stage>.tile == 0 && !stage_at<Chain, Stage>.is_sum()) {
            return typename graph::scratch_of_node<node, Isa>::type{};
        } else {
            return list<>{};
        }
    }

    template <class Chain, class Isa>
    static consteval int kernel_words() {
        return []<int... Number>(std::integer_sequence<int, Number...>) {
            int most = 0;
            auto const count = [&]<class... Scratch>(list<Scratch...>) {
                for (int const bytes : {0, Scratch::bytes...}) most = std::max(most, bytes);
            };
            (count(scratch_of<Chain, Isa, Number + 1>()), ...);
            return most / static_cast<int>(sizeof(std::uint32_t));
        }(std::make_integer_sequence<int, Chain::last>{});
    }

    template <class Chain, int Stage>
    static constexpr streaming::stage const& stage_at = Chain::list_of_stages[static_cast<std::size_t>(Stage)];

    /// The rows of a stage's result as they are kept.
    template <class Chain, int Stage, class Pointers>
    static constexpr auto rows_of(Pointers const& pointers) {
        constexpr auto const& s = stage_at<Chain, Stage>;
        constexpr bool by_rows = Stage != Chain::last && !s.is_sum() && !s.keeps_pixels;
        constexpr int pitch = s.keeps_pixels ? 0 : s.result.columns * pixel_size<typename Chain::template tensor_of<Stage>>;
        constexpr auto number = Stage == Chain::last ? std::tuple_size_v<Pointers> - 1 : Chain::number_of_result(Stage);
        return row_view{std::get<number>(pointers), pitch, by_rows ? s.kept_rows : 0};
    }

    template <class T>
    static constexpr row_view<T const> as_input(row_view<T> const& rows) {
        return {rows.data, rows.pitch, rows.ring};
    }
    template <class T>
    static constexpr row_view<T const> as_input(row_view<T const> const& rows) {
        return rows;
    }

    /// A pixel of a stage's result; where single pixels are kept, each step's are the first.
    template <class Chain, int Stage, class Pointers>
    static constexpr auto* pixel(streaming::position at, Pointers const& pointers) {
        if constexpr (stage_at<Chain, Stage>.lies_in != streaming::stage::none) {
            return pixel<Chain, Chain::place_of(Stage)>(at, pointers);
        } else {
            int const column = stage_at<Chain, Stage>.keeps_pixels || stage_at<Chain, Stage>.is_sum() ? 0 : at.column;
            int const row = stage_at<Chain, Stage>.is_sum() ? 0 : at.row;
            return rows_of<Chain, Stage>(pointers)[row] + column * pixel_size<typename Chain::template tensor_of<Stage>>;
        }
    }

    template <class Chain, int Stage, class Isa, class Pointers>
    static constexpr void step(Isa isa, streaming::position first, int pixels, Pointers const& pointers) {
        using node = typename Chain::template layer_at<Stage>;
        [&]<class... In>(list<In...>) {
            constexpr bool is_known = streaming::can_stream<typename node::operation>(list<In...>{});
            if constexpr (is_known) make_step<Chain, Stage, typename node::operation, streaming::stage_of<In>(list<Layer...>{})...>(isa, first, pixels, pointers);
        }(typename node::inputs{});
    }

    template <class Chain, int Stage, class Operation, int... From, class Isa, class Pointers>
    static constexpr void make_step(Isa isa, streaming::position first, int pixels, Pointers const& pointers) {
        using out = typename Chain::template tensor_of<Stage>;
        constexpr auto const& s = stage_at<Chain, Stage>;
        if constexpr (s.is_sum()) {
            add_up<Chain, Stage, Operation, From...>(isa, first, pixels, pointers);
        } else if constexpr (s.tile == 0 && requires { Operation::makes_rows; }) {
            [&]<class... Scratch>(list<Scratch...>) {
                make_rows<Chain, Stage, Operation, From...>(isa, first, pixels, pointers, view<Scratch>{std::get<std::tuple_size_v<Pointers> - 2>(pointers)}...);
            }(scratch_of<Chain, Isa, Stage>());
        } else if constexpr (s.reads.is_pixelwise()) {
            auto const make = [&]<int Count>(std::integral_constant<int, Count>, int offset) {
                Operation::template make_pixels<Count, out, typename Chain::template tensor_of<From>...>(
                    isa, pixel<Chain, Stage>(first, pointers) + offset * pixel_size<typename Chain::template tensor_of<Stage>>,
                    pixel<Chain, From>(first, pointers) + offset * pixel_size<typename Chain::template tensor_of<From>>...);
            };
            constexpr int most = s.tile == 0 ? s.result.columns : std::min(s.tile, s.result.columns);
            if (pixels == most) {
                make(std::integral_constant<int, most>{}, 0);
            } else {  // what is left at the end of a row
                for (int i = 0; i < pixels; ++i) make(std::integral_constant<int, 1>{}, i);
            }
        } else {  // kernels of instruction sets make whole rows
            make_rows<Chain, Stage, Operation, From...>(execution<isa::portable, Isa::optimise>{}, first, pixels, pointers);
        }
    }

    template <class Chain, int Stage, class Operation, int... From, class Isa, class Pointers, class... Scratch>
    static constexpr void make_rows(Isa isa, streaming::position first, int pixels, Pointers const& pointers, Scratch... scratch) {
        rows const made{first.row, 1, false, first.column, pixels};
        Operation::template make_rows<typename Chain::template tensor_of<Stage>, typename Chain::template tensor_of<From>...>(
            isa, made, row_view{pixel<Chain, Stage>(first, pointers), 0}, as_input(rows_of<Chain, From>(pointers))..., scratch...);
    }

    template <class Chain, int Stage, class Operation, int From, class Isa, class Pointers>
    static constexpr void add_up(Isa isa, streaming::position first, int pixels, Pointers const& pointers) {
        using out = typename Chain::template tensor_of<Stage>;
        using in = typename Chain::template tensor_of<From>;
        constexpr image_grid image = stage_at<Chain, From>.result;
        auto* const sums = std::get<Chain::number_of_sums(Stage)>(pointers);
        if (first == streaming::position{}) Operation::template start<out, in>(isa, sums);
        Operation::template add<out, in>(isa, sums, pixel<Chain, From>(first, pointers), first.row * image.columns + first.column, pixels);
        bool const is_last = first.row + 1 == image.rows && first.column + pixels == image.columns;
        if (is_last) Operation::template finish<out, in>(isa, pixel<Chain, Stage>({}, pointers), sums);
    }
};

namespace streaming {

template <class Images, class Layers, int Tile>
struct group;
template <class Image, class... Layer, int Tile>
struct group<list<Image>, list<Layer...>, Tile> {
    using type = layer<stream<list<Layer...>, Tile, graph::is_fed<Image>>, Image>;
};
/// What there is too much of is said by `stream`.
template <class Image, class... More, class... Layer, int Tile>
struct group<list<Image, More...>, list<Layer...>, Tile> : group<list<Image>, list<Layer...>, Tile> {};

}  // namespace streaming

/// Layers that are made together, a few pixels at a time, so that the tensors between them never exist whole:
///
///     struct expand : layer<conv2d<expand_weights>, image> {};
///     struct depthwise : layer<depthwise_conv2d<depthwise_weights>, expand> {};
///     struct block : streamed<list<expand, depthwise>> {};
///
/// The network lists `block` in place of its layers, and later layers read `block`. All that the layers read from outside is
/// one tensor; of what they make, only the last result is seen outside.
///   Tile   pixels that layers make at a time where their readers need no more; 0: whole rows
template <class Layers, int Tile = 1>
struct streamed;
template <class... Layer, int Tile>
struct streamed<list<Layer...>, Tile> : streaming::group<streaming::images_of<Layer...>, list<Layer...>, Tile>::type {};

}  // namespace inlay
