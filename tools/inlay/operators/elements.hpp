// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"

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

}  // namespace inlay::tool
