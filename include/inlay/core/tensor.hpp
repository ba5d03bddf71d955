// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/shape.hpp>

#include <concepts>
#include <cstddef>
#include <span>

namespace inlay {

/// Affine quantisation of a whole tensor: real = scale * (q - zero_point). Scale 0 means not quantised.
struct affine {
    float scale = 0;
    int zero_point = 0;

    friend constexpr bool operator==(affine const&, affine const&) = default;
};

/// What a tensor is: its element type, its shape (row-major), and what its numbers mean.
template <class T, inlay::shape Shape, affine Quantisation = affine{}>
struct tensor {
    using value_type = T;
    using view = std::span<T, static_cast<std::size_t>(Shape.size())>;
    using const_view = std::span<T const, static_cast<std::size_t>(Shape.size())>;

    static constexpr inlay::shape shape = Shape;
    static constexpr affine quantisation = Quantisation;
    static constexpr int size = Shape.size();
    static constexpr int bytes = size * static_cast<int>(sizeof(T));
};

template <class T>
concept tensor_type = requires {
    typename T::value_type;
    typename T::view;
    typename T::const_view;
    { T::shape } -> std::convertible_to<inlay::shape>;
    { T::quantisation } -> std::convertible_to<affine>;
};

/// Elements of a pixel of an image [1, H, W, C]; anything else counts as one pixel.
template <tensor_type Tensor>
inline constexpr int pixel_size = Tensor::shape.rank == 4 && Tensor::shape.n() == 1 ? Tensor::shape.c() : Tensor::size;

}  // namespace inlay
