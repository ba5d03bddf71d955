// SPDX-License-Identifier: MIT
#include "write/sections.hpp"

#include "error.hpp"
#include "model/names.hpp"
#include "model/streaming.hpp"
#include "text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace inlay::tool {
namespace {

[[noreturn]] void refuse(std::string const& placement, std::string what, std::string why, std::string mend) {
    throw tool_error{fmt::format("--place {}", printable(placement)), std::move(what), std::move(why), std::move(mend), exit_status::usage};
}

bool is_section(std::string_view name) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._$-";
    return !name.empty() && name.find_first_not_of(allowed) == name.npos;
}

}  // namespace

std::map<int, std::string> find_sections(graph const& model, std::vector<std::string> const& placements) {
    auto const names = node_names(model);
    std::vector<std::string> layers;
    std::vector<int> results;
    for_each_layer(model, [&](operation const& op) {
        layers.push_back(names[static_cast<std::size_t>(op.outputs[0])]);
        results.push_back(op.outputs[0]);
    });
    std::map<int, std::string> sections;
    for (auto const& placement : placements) {
        auto const equals = placement.find('=');
        if (equals == placement.npos || !is_section(std::string_view{placement}.substr(equals + 1))) {
            refuse(placement, "no layer and section", "a section's name has letters, digits, and any of . _ $ -", "give LAYER=SECTION, as conv_1=.itcm");
        }
        auto const layer = placement.substr(0, equals);
        auto const found = std::ranges::find(layers, layer);
        if (found == layers.end()) {
            refuse(placement, "the model has no such layer", layers.empty() ? "it has none at all" : fmt::format("the nearest name is \"{}\"", nearest_of(layer, layers)),
                   "`inlay inspect` lists the layers");
        }
        auto& section = sections[results[static_cast<std::size_t>(found - layers.begin())]];
        if (!section.empty()) refuse(placement, "the layer has a section already", fmt::format("{} was given before", section), "place each layer once");
        section = placement.substr(equals + 1);
    }
    return sections;
}

}  // namespace inlay::tool
