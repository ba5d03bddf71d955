// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/graph/plan.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace inlay::graph {

/// The bytes of all tensors of a model, whatever their type.
template <class Model, class Isa>
class byte_arena {
public:
    static constexpr int size = plan_of<Model, Isa>.bytes;
    static constexpr bool is_placed = is_as_placed<Model, Isa, any_element>;
    static_assert(check_plan<Model, Isa, any_element>() || true, "what is wrong is said where it is found");

    template <class Node, int Result, class T>
    constexpr T* at() {
        constexpr int offset = offset_of<Model, Isa, Node, Result>;
        static_assert(offset % static_cast<int>(alignof(T)) == 0 && alignof(T) <= 8);
        return reinterpret_cast<T*>(bytes_ + offset);
    }

    /// Sets the elements of a node that holds one tensor. By bytes, so that the constructor of an engine with a state can
    /// be evaluated at compile time, and a static engine needs no start-up code.
    template <class Node, class T>
    constexpr void fill(T value, int count) {
        auto const pattern = std::bit_cast<std::array<std::byte, sizeof(T)>>(value);
        auto* to = bytes_ + offset_of<Model, Isa, Node, 0>;
        for (int i = 0; i < count; ++i) to = std::copy(pattern.begin(), pattern.end(), to);
    }

private:
    alignas(8) std::byte bytes_[static_cast<std::size_t>(size > 0 ? size : 1)]{};
};

template <class Model, class T>
struct plane {
    static constexpr int element = element_number<T>();
    static constexpr int count = plan_of<Model, isa::portable, element>.bytes / static_cast<int>(sizeof(T)) + 1;
    static_assert(check_plan<Model, isa::portable, element>());

    T values[static_cast<std::size_t>(count)]{};
};

/// An arena for constant evaluation, where bytes cannot be read as numbers: one array for each element type.
template <class Model>
class typed_arena {
public:
    static constexpr bool is_placed = false;

    template <class Node, int Result, class T>
    constexpr T* at() {
        constexpr int offset = offset_of<Model, isa::portable, Node, Result, element_number<T>()>;
        return plane_of<T>().values + offset / static_cast<int>(sizeof(T));
    }

    template <class Node, class T>
    constexpr void fill(T value, int count) {
        std::fill_n(at<Node, 0, T>(), count, value);
    }

private:
    template <class T>
    constexpr auto& plane_of() {
        return static_cast<plane<Model, T>&>(planes_);
    }

    struct planes : plane<Model, std::int8_t>,
                    plane<Model, float>,
                    plane<Model, std::int32_t>,
                    plane<Model, std::int16_t>,
                    plane<Model, std::uint8_t>,
                    plane<Model, std::int64_t>,
                    plane<Model, std::uint32_t>,
                    plane<Model, std::uint64_t>,
                    plane<Model, bool> {} planes_;
};

template <class Model, class Isa>
struct arena_choice {
    using type = byte_arena<Model, Isa>;
};
template <class Model>
struct arena_choice<Model, isa::portable> {
    using type = typed_arena<Model>;
};

template <class Model, class Isa>
using arena = typename arena_choice<Model, Isa>::type;

}  // namespace inlay::graph
