// SPDX-License-Identifier: MIT
#pragma once

#include "model/core.hpp"
#include "model/graph.hpp"

#include <inlay/kernels/kernel_choice.hpp>

#include <cstdint>
#include <type_traits>

namespace inlay::tool {

/// Calls visit with `std::type_identity<T>`, T the C++ type of a layer's elements: float or std::int8_t.
template <class Visit>
void visit_element(element_type type, Visit visit) {
    if (type == element_type::float32) {
        visit(std::type_identity<float>{});
    } else {
        visit(std::type_identity<std::int8_t>{});
    }
}

/// The kernel that the model's instruction set has for a geometry and an arithmetic.
template <class Geometry, class Arithmetic>
kernel_choice kernel_without_weights(graph const& model, Geometry const& g, Arithmetic const& arithmetic) {
    return with_tag(model.isa, model.optimise, [&](auto isa) { return kernel_of(isa, g, arithmetic); });
}

}  // namespace inlay::tool
