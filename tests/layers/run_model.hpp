// SPDX-License-Identifier: MIT
//
// Runs a small model on given numbers, in constant evaluation or on the host.
#pragma once

#include <inlay/inlay.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <doctest/doctest.h>
#include <type_traits>

namespace inlay::tests {

/// Numbers of type T in an array: `values<std::int8_t>(1, 2, 3)`.
template <class T, class... Number>
constexpr std::array<T, sizeof...(Number)> values(Number... number) {
    return {static_cast<T>(number)...};
}

template <class Engine, class... Node, class... Input>
constexpr void write_inputs(Engine& nn, list<Node...>, Input const&... input) {
    (std::copy(input.begin(), input.end(), nn.template get<Node>().begin()), ...);
}

/// The model's first output for these inputs.
template <class Model, class Isa = isa::portable, policy Policy = policy::size, class... Input>
constexpr auto run(Input const&... input) {
    using output = typename graph::element<0, outputs_of<Model>>::type;
    engine<Model, Isa, Policy> nn;
    write_inputs(nn, inputs_of<Model>{}, input...);
    nn.run();
    std::array<typename tensor_of<output>::value_type, static_cast<std::size_t>(tensor_of<output>::size)> result{};
    auto const elements = nn.template get<output>();
    std::copy(elements.begin(), elements.end(), result.begin());
    return result;
}

/// Checks the kernels that the host chooses, shared and specialised.
template <class Model, class Output, class... Input>
void check_on_host(Output const& wanted, Input const&... input) {
    CHECK(run<Model, isa::native, policy::size>(input...) == wanted);
    CHECK(run<Model, isa::native, policy::speed>(input...) == wanted);
}

}  // namespace inlay::tests
