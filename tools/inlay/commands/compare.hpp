// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "target/image.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace inlay::tool {

/// Where two tensors differ first.
struct difference {
    std::size_t index;
    std::string got;
    std::string wanted;

    std::string text() const;
};

/// Compares bytes of a tensor, one or more steps of it. Integers must be equal. A float may be off by `tolerance` times the
/// largest magnitude that is wanted in its step, or by 1e-7 where that is more.
std::optional<difference> first_difference(tensor_description const& tensor, std::span<std::byte const> got, std::span<std::byte const> wanted,
                                           double tolerance);

}  // namespace inlay::tool
