// SPDX-License-Identifier: MIT
/// Networks whose first input is handed over row by row.
#pragma once
#include <cstddef>
#include <span>

#include "image.hpp"

namespace inlay_driver {

inline constexpr bool is_fed = inlay::graph::is_fed_model<model>;

/// The program's: the next row of the first input, which begins anew with every run. Its bytes stay until the next call.
std::byte const* next_row();

template <class Input>
inline constexpr std::size_t row_elements = inlay::fed_elements<inlay::tensor_of<Input>>;

template <class... Input>
consteval std::size_t find_largest_row(inlay::list<Input...>) {
    std::size_t largest = 1;
    for (std::size_t const bytes : {std::size_t{1}, (inlay::graph::is_fed<Input> ? row_elements<Input> * sizeof(typename inlay::tensor_of<Input>::value_type) : 1)...}) {
        if (bytes > largest) largest = bytes;
    }
    return largest;
}

/// Bytes of a row; 1 where none is fed.
inline constexpr std::size_t largest_row = find_largest_row(inlay::inputs_of<model>{});

/// Runs the network once; `observe` is called after each layer.
template <class Engine, class Observer>
void run_network(Engine& network, Observer&& observe) {
    if constexpr (is_fed) {
        using input = typename inlay::graph::element<0, inlay::inputs_of<model>>::type;
        using element = typename inlay::tensor_of<input>::value_type;
        bool is_done = false;
        while (!is_done) {
            std::span<element const, row_elements<input>> const row{reinterpret_cast<element const*>(next_row()), row_elements<input>};
            is_done = network.template feed<input>(row, observe);
        }
    } else {
        network.run(observe);
    }
}

}  // namespace inlay_driver
