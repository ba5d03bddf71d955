// SPDX-License-Identifier: MIT
//
// Small operators of an application, as the tests of the graph need them: each is a struct with `output` and `eval`.
#pragma once

#include <inlay/inlay.hpp>

#include <cstdint>

namespace test {

using namespace inlay;

/// N numbers in a row.
template <class T, int N>
using row = tensor<T, shape{N}>;

/// out = in * Factor + Offset, element by element, in another type if asked.
template <int Factor, int Offset = 0, class To = void>
struct scaled {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        using type = std::conditional_t<std::is_void_v<To>, typename In::value_type, To>;
        return tensor<type, In::shape>{};
    }

    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa, view<Out> out, const_view<In> in) {
        using type = typename Out::value_type;
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<type>(static_cast<type>(in[i]) * Factor + Offset);
    }
};

/// out = a + b, element by element, in the type of a.
struct added {
    template <class Layer, tensor_type A, tensor_type B>
    static consteval auto output(A, B) {
        static_assert(expect<Layer, got<B::size>, wanted<A::size>>(
            "added: the second input's elements (got) differ from the first's (wanted)"));
        return tensor<typename A::value_type, A::shape>{};
    }

    template <class Isa, tensor_type Out, tensor_type A, tensor_type B>
    static constexpr void eval(Isa, view<Out> out, const_view<A> a, const_view<B> b) {
        using type = typename Out::value_type;
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<type>(a[i] + static_cast<type>(b[i]));
    }
};

/// Several results: the even and the odd elements, and their number as another type.
struct deal {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        return results<row<typename In::value_type, (In::size + 1) / 2>, row<typename In::value_type, In::size / 2>,
                       row<std::int32_t, 1>>{};
    }

    template <class Isa, tensor_type Even, tensor_type Odd, tensor_type Count, tensor_type In>
    static constexpr void eval(Isa, view<Even> even, view<Odd> odd, view<Count> count, const_view<In> in) {
        for (std::size_t i = 0; i < in.size(); ++i) (i % 2 == 0 ? even[i / 2] : odd[i / 2]) = in[i];
        count[0] = In::size;
    }
};

/// Adds its input to a state, and gives the state.
struct accumulate {
    template <class Layer, tensor_type In, tensor_type Total>
    static consteval auto output(In, Total) {
        return tensor<typename Total::value_type, Total::shape>{};
    }

    template <class Isa, tensor_type Out, tensor_type In, tensor_type Total>
    static constexpr void eval(Isa, view<Out> out, const_view<In> in, view<Total> total) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = (total[i] += in[i]);
    }
};

/// Turns the order of the elements round, by way of its scratch.
struct reversed {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        return In{};
    }

    template <class Isa, tensor_type In>
    static consteval auto scratch(In) {
        return row<typename In::value_type, In::size>{};
    }

    template <class Isa, tensor_type Out, tensor_type In, tensor_type Room>
    static constexpr void eval(Isa, view<Out> out, const_view<In> in, view<Room> room) {
        for (std::size_t i = 0; i < in.size(); ++i) room[in.size() - 1 - i] = in[i];
        for (std::size_t i = 0; i < in.size(); ++i) out[i] = room[i];
    }
};

/// The same elements under the shape of a row, or of a column.
template <bool Column = false>
struct flat {
    static constexpr bool is_alias = true;

    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        return tensor<typename In::value_type, Column ? shape{In::size, 1} : shape{In::size}, In::quantisation>{};
    }
};

/// Whatever tensor is asked for, all its elements the sum of the input's.
template <tensor_type Tensor>
struct made {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        return Tensor{};
    }

    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa, view<Out> out, const_view<In> in) {
        typename Out::value_type total{};
        for (auto const each : in) total = static_cast<typename Out::value_type>(total + each);
        for (auto& each : out) each = total;
    }
};

/// As `made` from two inputs.
template <tensor_type Tensor>
struct joined {
    template <class Layer, tensor_type A, tensor_type B>
    static consteval auto output(A, B) {
        return Tensor{};
    }

    template <class Isa, tensor_type Out, tensor_type A, tensor_type B>
    static constexpr void eval(Isa, view<Out> out, const_view<A> a, const_view<B> b) {
        typename Out::value_type total{};
        for (auto const each : a) total = static_cast<typename Out::value_type>(total + each);
        for (auto const each : b) total = static_cast<typename Out::value_type>(total + each);
        for (auto& each : out) each = total;
    }
};

}  // namespace test
