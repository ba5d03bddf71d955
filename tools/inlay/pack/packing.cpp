// SPDX-License-Identifier: MIT
#include "pack/packing.hpp"

#include <span>

namespace inlay::tool {

std::string number_text(std::int32_t value) {
    auto const braced = list_text(std::span<std::int32_t const>{&value, 1});
    return braced.substr(1, braced.size() - 2);
}

}  // namespace inlay::tool
