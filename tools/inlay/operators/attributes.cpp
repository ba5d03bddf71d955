// SPDX-License-Identifier: MIT
#include "operators/attributes.hpp"

#include <fmt/format.h>

namespace inlay::tool {

std::optional<std::vector<std::int64_t>> integers(operation_checker const& ask, std::size_t k, int count, std::string_view role) {
    auto const& tensor = ask.in(k);
    if (!ask.type(tensor, {element_type::int32, element_type::int64}, role) ||
        !ask.require(tensor.shape.size() == count, fmt::format("wrong number of elements in the {}", role),
                     fmt::format("\"{}\" has shape {}; the operator takes {} here", tensor.name, text_of(tensor.shape), count),
                     "export the model again; the file is damaged or was made by a faulty converter")) {
        return std::nullopt;
    }
    if (count == 0) return std::vector<std::int64_t>{};  // an empty tensor has no data that could make it a constant
    if (!ask.constant(tensor, role)) return std::nullopt;
    if (tensor.type == element_type::int64) {
        auto const values = tensor.values<std::int64_t>();
        return std::vector<std::int64_t>(values.begin(), values.end());
    }
    auto const values = tensor.values<std::int32_t>();
    return std::vector<std::int64_t>(values.begin(), values.end());
}

}  // namespace inlay::tool
