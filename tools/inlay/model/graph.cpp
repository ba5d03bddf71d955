// SPDX-License-Identifier: MIT
#include "model/graph.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace inlay::tool {

std::string_view name_of(element_type type) {
    switch (type) {
        case element_type::float32: return "float32";
        case element_type::float16: return "float16";
        case element_type::int4: return "int4";
        case element_type::int8: return "int8";
        case element_type::uint8: return "uint8";
        case element_type::int16: return "int16";
        case element_type::int32: return "int32";
        case element_type::uint32: return "uint32";
        case element_type::int64: return "int64";
        case element_type::uint64: return "uint64";
        case element_type::boolean: return "bool";
        case element_type::resource: return "resource";
        case element_type::string: return "string";
    }
    return "unknown";
}

int bytes_of(element_type type) {
    switch (type) {
        case element_type::int8:
        case element_type::uint8:
        case element_type::boolean: return 1;
        case element_type::float16:
        case element_type::int16: return 2;
        case element_type::float32:
        case element_type::int32:
        case element_type::uint32: return 4;
        case element_type::int64:
        case element_type::uint64: return 8;
        case element_type::int4:
        case element_type::resource:
        case element_type::string: break;
    }
    return 0;
}

std::string text_of(inlay::shape const& shape) { return fmt::format("[{}]", fmt::join(shape.extent, shape.extent + shape.rank, ", ")); }

}  // namespace inlay::tool
