// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/tensor.hpp>

#include <span>
#include <type_traits>

namespace inlay {

/// The elements of a tensor: a span of known size that also says which tensor it shows.
template <tensor_type Tensor, class Element>
struct basic_view : std::span<Element, static_cast<std::size_t>(Tensor::size)> {
    using tensor = Tensor;

    constexpr explicit basic_view(Element* first)
        : std::span<Element, static_cast<std::size_t>(Tensor::size)>{first, static_cast<std::size_t>(Tensor::size)} {}
};

/// What an operator writes: a result, a state, its scratch.
template <tensor_type Tensor>
using view = basic_view<Tensor, typename Tensor::value_type>;

/// What an operator reads.
template <tensor_type Tensor>
using const_view = basic_view<Tensor, typename Tensor::value_type const>;

}  // namespace inlay
