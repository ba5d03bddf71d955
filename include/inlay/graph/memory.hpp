// SPDX-License-Identifier: MIT
//
// Where the bytes of engines are: inside of them, or in memory that the application has put somewhere.
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/isa.hpp>
#include <inlay/graph/plan.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <type_traits>

namespace inlay {

/// The bytes that a model takes of a region.
template <class Model, region Region, class Isa = isa::native>
inline constexpr std::size_t region_size = static_cast<std::size_t>(graph::region_bytes_of<Model, Isa>.bytes[static_cast<std::size_t>(Region.number)]);

namespace graph {

/// Bytes for words of any type; at least one, as C++ has no empty arrays.
template <int Bytes>
struct raw_memory {
    alignas(8) std::byte bytes[static_cast<std::size_t>(Bytes > 0 ? Bytes : 1)]{};
};

/// The elements of type T of several models that are laid out for constant evaluation, where bytes cannot be read as numbers.
template <class T, class... Model>
struct plane {
    static constexpr int element = element_number<T>();
    static_assert((true && ... && check_plan<Model, isa::portable, element>()));
    static constexpr int bytes = std::max({plan_of<Model, isa::portable, element>.bytes...});

    T values[static_cast<std::size_t>(bytes) / sizeof(T) + 1]{};
};

/// Such elements that are elsewhere.
template <class T>
struct lent_plane {
    T* values = nullptr;
};

template <class... Plane>
struct joined_planes : Plane... {};

template <template <class> class Plane>
using planes_of_all_elements =
    joined_planes<Plane<std::int8_t>, Plane<float>, Plane<std::int32_t>, Plane<std::int16_t>, Plane<std::uint8_t>, Plane<std::int64_t>,
                  Plane<std::uint32_t>, Plane<std::uint64_t>, Plane<bool>>;

/// The memory of models that are laid out for constant evaluation.
template <class... Model>
class planes {
public:
    template <class T>
    constexpr T* first() {
        return static_cast<plane_of<T>&>(all_).values;
    }

private:
    template <class T>
    using plane_of = plane<T, Model...>;

    planes_of_all_elements<plane_of> all_;
};

template <class... Node>
consteval int count_states(list<Node...>) {
    return static_cast<int>(total({0, Node::kind == node_kind::state ? 1 : 0 ...}));
}

template <class Model>
consteval bool has_no_state() {
    constexpr int states = count_states(typename Model::nodes{});
    static_assert(expect<Model, got<states>, wanted<0>>(
        "shared memory: another model's run would overwrite the states of this model (got); give its engine memory of its own"));
    return states == 0;
}

/// Whether models may take turns in one memory.
template <class... Model>
consteval bool may_take_turns() {
    if constexpr (sizeof...(Model) > 1) {
        return (true && ... && has_no_state<Model>());
    } else {
        return true;
    }
}

template <class Model, region Region>
consteval bool fits_region() {
    constexpr int bytes = static_cast<int>(region_size<Model, Region>);
    static_assert(expect<Model, got<bytes>, at_most<Region.bytes>>(
        "region_memory: this model's tensors take more bytes of the region (got) than it has (at most); write the header for this core"));
    return bytes <= Region.bytes;
}

/// Asks whether memory is for this model, among others.
template <class Model, class... Lender>
consteval void check_lender() {
    constexpr bool found = (false || ... || std::is_same_v<Model, Lender>);
    static_assert(expect<Model, got<found>, wanted<true>>("borrowing_engine: the memory is not for this model; list it in the memory's type"));
}

/// Asks whether these are the regions of a model, each once.
template <class Model, region... Region>
consteval void check_regions() {
    auto const& listed = regions_of<Model>;
    constexpr int lent = sizeof...(Region);
    constexpr int found = (0 + ... + static_cast<int>(std::ranges::count(listed, Region)));
    constexpr int needed = static_cast<int>(std::size(listed));
    static_assert(expect<Model, got<lent, found>, wanted<needed, needed>>(
        "borrowing_engine: the memories (got, and how many of them are of the model's regions) are not those of its regions, each once (wanted)"));
}

/// Memory for any of several models.
template <class Isa, class... Model>
struct shared_memory {
    using type = raw_memory<std::max({plan_of<Model, Isa>.bytes...})>;
};
template <class... Model>
struct shared_memory<isa::portable, Model...> {
    using type = planes<Model...>;
};

}  // namespace graph

/// The memory of engines that never run at the same time: the larger of theirs. What one of them holds, inputs and outputs
/// too, lasts until another one's inputs are written.
///
///     shared_arena<keyword::model, person::model> memory;
///     borrowing_engine<keyword::model> listening{memory};
///     borrowing_engine<person::model> looking{memory};
template <class Isa, class... Model>
class basic_shared_arena {
    static_assert(graph::may_take_turns<Model...>() || true, "what is wrong is said where it is found");

public:
    constexpr auto& memory() { return memory_; }

private:
    typename graph::shared_memory<Isa, Model...>::type memory_;
};

template <class... Model>
using shared_arena = basic_shared_arena<isa::native, Model...>;


/// The memory of a region, for one model or for several that never run at the same time. The application puts it in its section:
///
///     [[gnu::section(".dtcm")]] constinit region_memory<keyword::dtcm, keyword::model> fast;
///     constinit region_memory<keyword::sram, keyword::model> large;
///     constinit borrowing_engine<keyword::model> nn{fast, large};
///
/// An engine with states writes their first values when it is constructed, so it is not `constinit`.
template <region Region, class... Model>
class region_memory {
    static_assert(graph::may_take_turns<Model...>() || true, "what is wrong is said where it is found");
    static_assert((true && ... && graph::fits_region<Model, Region>()) || true);

public:
    constexpr std::byte* bytes() { return memory_.bytes; }

private:
    graph::raw_memory<static_cast<int>(std::max({region_size<Model, Region>...}))> memory_;
};

namespace graph {

/// The bytes of a model, inside of the engine.
template <class Model, class Isa>
class own_bytes {
public:
    template <int Offset>
    constexpr std::byte* at() {
        return memory_.bytes + Offset;
    }

private:
    raw_memory<plan_of<Model, Isa>.bytes> memory_;
};

/// The bytes of a model in an arena or in regions that the engine borrows. Not to be copied: two engines would have one memory.
template <class Model, class Isa>
class lent_bytes {
public:
    template <class... Sharing>
    constexpr explicit lent_bytes(basic_shared_arena<Isa, Sharing...>& arena) {
        check_lender<Model, Sharing...>();
        for (std::size_t r = 0; r < regions; ++r) start_[r] = arena.memory().bytes + region_bytes_of<Model, Isa>.start[r];
    }

    template <region... Region, class... Sharing>
        requires(sizeof...(Region) > 0 && std::is_same_v<Isa, isa::native>)
    constexpr explicit lent_bytes(region_memory<Region, Sharing...>&... memory) {
        check_lender<Model, Sharing...>();
        check_regions<Model, Region...>();
        ((start_[static_cast<std::size_t>(Region.number)] = memory.bytes()), ...);
    }

    lent_bytes(lent_bytes const&) = delete;
    lent_bytes& operator=(lent_bytes const&) = delete;

    template <int Offset>
    constexpr std::byte* at() {
        constexpr std::size_t r = region_bytes_of<Model, Isa>.region_at(Offset);
        return start_[r] + (Offset - region_bytes_of<Model, Isa>.start[r]);
    }

private:
    static constexpr std::size_t regions = std::size(regions_of<Model>);

    std::array<std::byte*, regions> start_{};
};

/// As lent_bytes, for constant evaluation.
template <class Model>
class lent_planes {
public:
    template <class... Sharing>
    constexpr explicit lent_planes(basic_shared_arena<isa::portable, Sharing...>& arena) {
        check_lender<Model, Sharing...>();
        borrow(arena.memory(), all_);
    }

    lent_planes(lent_planes const&) = delete;
    lent_planes& operator=(lent_planes const&) = delete;

    template <class T>
    constexpr T* first() {
        return static_cast<lent_plane<T>&>(all_).values;
    }

private:
    template <class Planes, class... T>
    static constexpr void borrow(Planes& from, joined_planes<lent_plane<T>...>& to) {
        ((static_cast<lent_plane<T>&>(to).values = from.template first<T>()), ...);
    }

    planes_of_all_elements<lent_plane> all_;
};

}  // namespace graph
}  // namespace inlay
