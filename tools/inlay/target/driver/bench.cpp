// SPDX-License-Identifier: MIT
// Runs the network once on made-up inputs and writes what it cost, and a hash of what it answered, to bench.txt:
// one name=value a line. Where layers are asked for, the network runs again, and each says what it cost.
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include "figures.hpp"
#include "feeding.hpp"
#include "tensors.hpp"

namespace {

using namespace inlay_driver;

/// splitmix64: the same inputs on every machine, from one seed.
///   source  Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014
class random_bits {
public:
    explicit constexpr random_bits(std::uint64_t seed) : state_{seed} {}

    constexpr std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t state_;
};

/// An element of every type has all its values (bytes, 16 bits), or is in [-1, 1) (float), or is 0, 1, 2 or 3 (wider
/// integers, which are indices as a rule).
template <class Element>
constexpr Element element(std::uint64_t bits) {
    if constexpr (std::is_same_v<Element, bool>) {
        return bits >> 63 != 0;
    } else if constexpr (std::is_floating_point_v<Element>) {
        return static_cast<Element>(bits >> 40) * Element{0x1p-23} - Element{1};
    } else if constexpr (sizeof(Element) <= 2) {
        return static_cast<Element>(bits >> (64 - 8 * sizeof(Element)));
    } else {
        return static_cast<Element>((bits >> 32) % 4);
    }
}

/// The whole of the input that is fed. It is the program's, not the network's, and counts in none of its figures.
template <class Layer>
typename inlay::tensor_of<Layer>::value_type fed_image[static_cast<std::size_t>(inlay::tensor_of<Layer>::size)];

std::byte const* unread_row = nullptr;

void prepare() {
    random_bits bits{1001};
    nn.reset();
    for_each(inputs, [&]<class Layer>(std::size_t) {
        auto const fill = [&](auto&& elements) {
            for (auto& each : elements) each = element<std::remove_reference_t<decltype(each)>>(bits.next());
        };
        if constexpr (inlay::graph::is_fed<Layer>) {
            fill(fed_image<Layer>);
            unread_row = reinterpret_cast<std::byte const*>(fed_image<Layer>);
        } else {
            fill(nn.get<Layer>());
        }
    });
}

/// Where the host repeats a run without preparing it, rows begin anew.
void infer_from_first_row() {
    for_each(inputs, []<class Layer>(std::size_t) {
        if constexpr (inlay::graph::is_fed<Layer>) unread_row = reinterpret_cast<std::byte const*>(fed_image<Layer>);
    });
    infer();
}

/// FNV-1a, 64 bits, over every output's bytes.
std::uint64_t hash_outputs() {
    std::uint64_t hash = 0xCBF29CE484222325;
    for_each(outputs, [&]<class Layer>(std::size_t) {
        for (auto const byte : std::as_bytes(nn.get<Layer>())) {
            hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001B3;
        }
    });
    return hash;
}

template <class... Node>
consteval std::size_t count_results(inlay::list<Node...>) {
    return (std::size_t{0} + ... + (Node::kind == inlay::node_kind::layer ? inlay::graph::held_by<Node>::size : 0));
}

/// What the results cost to make, in the order in which they are made.
struct layer_costs {
    static constexpr std::size_t results = count_results(inlay_driver::model::nodes{});

    std::array<std::uint64_t, results + 1> least{};
    std::size_t made = 0;
    stopwatch watch{};

    template <class, class Elements>
    void operator()(Elements const&) {
        auto const cost = watch.stop();
        least[made] = std::min(least[made], cost);
        ++made;
        watch.start();
    }
};

/// Writes what each layer costs.
void measure_layers(auto const& write) {
    static layer_costs costs;
    costs.least.fill(std::numeric_limits<std::uint64_t>::max());
    for (int i = 0; i < measurements; ++i) {
        prepare();
        costs.made = 0;
        costs.watch.start();
        run_network(nn, costs);
    }
    for (std::size_t k = 0; k < layer_costs::results; ++k) {
        text name{"layer"};
        name += static_cast<unsigned long long>(k);
        write(name, costs.least[k]);
    }
}

}  // namespace

std::byte const* inlay_driver::next_row() { return std::exchange(unread_row, unread_row + largest_row); }

int main() {
    auto to = file::open("bench.txt", file::mode::write);
    if (!to.is_open()) {
        print("bench.txt: cannot be opened\n");
        return 1;
    }
    bool good = true;
    auto const write = [&](std::string_view name, std::uint64_t value) {
        text line{name};
        line += "=";
        line += static_cast<unsigned long long>(value);
        line += "\n";
        good = good && write_all(to, "bench.txt", std::as_bytes(std::span{std::string_view{line}}));
    };
    prepare();
    auto const first = measure_first(infer_from_first_row);
    auto const hash = hash_outputs();
    write("output_fnv1a64", hash);
    write("engine_bytes", sizeof(engine));
    write("arena_bytes", inlay::arena_size<inlay_driver::model>);
    write_figures(first, prepare, infer_from_first_row, write);
    if constexpr (record_layers) measure_layers(write);
    to.close();
    return good ? 0 : 1;
}
