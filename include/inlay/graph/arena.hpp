// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/graph/memory.hpp>
#include <inlay/graph/plan.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <type_traits>

namespace inlay::graph {

/// The tensors of a model in bytes, whatever their type.
///   Memory   where the bytes are: own_bytes, lent_bytes
template <class Model, class Isa, class Memory>
class byte_arena {
public:
    static constexpr bool is_placed = is_as_placed<Model, Isa, any_element>;
    static_assert(check_plan<Model, Isa, any_element>() || true, "what is wrong is said where it is found");

    constexpr byte_arena() = default;
    template <class... Lent>
        requires std::is_constructible_v<Memory, Lent&...>
    constexpr explicit byte_arena(Lent&... memory) : memory_{memory...} {}

    template <class Node, int Result, class T>
    constexpr T* at() {
        constexpr int offset = offset_of<Model, Isa, Node, Result>;
        static_assert(offset % static_cast<int>(alignof(T)) == 0 && alignof(T) <= 8);
        return reinterpret_cast<T*>(memory_.template at<offset>());
    }

    /// Sets the elements of a node that holds one tensor. By bytes, so that the constructor of an engine with a state can
    /// be evaluated at compile time, and a static engine needs no start-up code.
    template <class Node, class T>
    constexpr void fill(T value, int count) {
        auto const pattern = std::bit_cast<std::array<std::byte, sizeof(T)>>(value);
        auto* to = memory_.template at<offset_of<Model, Isa, Node, 0>>();
        for (int i = 0; i < count; ++i) to = std::copy(pattern.begin(), pattern.end(), to);
    }

private:
    Memory memory_;
};

/// The tensors of a model for constant evaluation, where bytes cannot be read as numbers: one array for each element type.
///   Planes   where the arrays are: planes<Model>, lent_planes
template <class Model, class Planes>
class typed_arena {
public:
    static constexpr bool is_placed = false;

    constexpr typed_arena() = default;
    template <class Lent>
        requires std::is_constructible_v<Planes, Lent&>
    constexpr explicit typed_arena(Lent& memory) : planes_{memory} {}

    template <class Node, int Result, class T>
    constexpr T* at() {
        constexpr int offset = offset_of<Model, isa::portable, Node, Result, element_number<T>()>;
        return planes_.template first<T>() + offset / static_cast<int>(sizeof(T));
    }

    template <class Node, class T>
    constexpr void fill(T value, int count) {
        std::fill_n(at<Node, 0, T>(), count, value);
    }

private:
    Planes planes_;
};

template <class Model, class Isa>
struct arena_choice {
    using own = byte_arena<Model, Isa, own_bytes<Model, Isa>>;
    using lent = byte_arena<Model, Isa, lent_bytes<Model, Isa>>;
};
template <class Model>
struct arena_choice<Model, isa::portable> {
    using own = typed_arena<Model, planes<Model>>;
    using lent = typed_arena<Model, lent_planes<Model>>;
};

/// The tensors of an engine inside of it, and elsewhere.
template <class Model, class Isa>
using arena = typename arena_choice<Model, Isa>::own;
template <class Model, class Isa>
using lent_arena = typename arena_choice<Model, Isa>::lent;

}  // namespace inlay::graph
