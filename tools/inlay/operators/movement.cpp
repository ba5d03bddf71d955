// SPDX-License-Identifier: MIT
#include "operators/movement.hpp"

#include <fmt/format.h>

namespace inlay::tool {
namespace {

std::string meaning_of(tensor_description const& tensor) {
    auto const& [scale, zero_point, axis] = tensor.quantisation;
    if (scale.empty()) return "not quantised";
    if (scale.size() > 1) return fmt::format("quantised with {} scales", scale.size());
    return fmt::format("quantised with scale {} and zero point {}", scale[0], zero_point[0]);
}

}  // namespace

bool moves_elements(operation_checker const& ask, std::size_t k, std::string_view role) {
    auto const& in = ask.in(k);
    auto const& out = ask.out();
    return ask.type(in, {element_type::float32, element_type::int8}, role) && ask.type(out, {in.type}, "output") &&
           ask.not_empty(in, role) &&
           ask.require(in.quantisation.scale == out.quantisation.scale && in.quantisation.zero_point == out.quantisation.zero_point &&
                           in.quantisation.scale.size() <= 1,
                       "the elements would change their meaning",
                       fmt::format("the {} \"{}\" is {}, the output \"{}\" is {}; the operator only moves elements", role, in.name,
                                   meaning_of(in), out.name, meaning_of(out)),
                       "put a QUANTIZE in front of it");
}

}  // namespace inlay::tool
