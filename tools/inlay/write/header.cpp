// SPDX-License-Identifier: MIT
#include "write/header.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace inlay::tool {
namespace {

constexpr std::size_t line_width = 118;

/// Items separated by commas in braces, broken into lines where they are long.
std::string braces(std::vector<std::string> const& items) {
    std::size_t length = 2;
    for (auto const& item : items) length += item.size() + 2;
    if (length < 60) return fmt::format("{{{}}}", fmt::join(items, ", "));
    std::string text = "{";
    std::size_t column = line_width;
    for (auto const& item : items) {
        if (column + item.size() + 2 > line_width) {
            text += "\n        ";
            column = 8;
        } else {
            text += ' ';
            ++column;
        }
        text += item;
        text += ',';
        column += item.size() + 1;
    }
    text.back() = '}';
    return text;
}

}  // namespace

std::string header_writer::add(std::string name, std::string type, std::string suffix, std::string body, std::string const& proof) {
    ++uses_;
    auto const where = section_.empty() ? "" : fmt::format("[[gnu::section(\"{}\")]] ", section_);
    auto const [twin, is_new] = names_by_content_.try_emplace(where + type + suffix + body, name);
    if (is_new) {
        tables_.push_back({fmt::format("{}extern {} const {}{}", where, type, name, suffix),
                           fmt::format("{}inline constexpr {} {}{}{}", where, type, name, suffix, body) +
                               (proof.empty() ? "" : fmt::format(";\nstatic_assert({}<{}>())", proof, name))});
    }
    return twin->second;
}

std::string header_writer::add_table(std::string name, std::string type, std::vector<table_field> const& fields, std::string const& proof) {
    std::string body = "{";
    for (auto const& [member, value] : fields) body += fmt::format("\n    .{} ={}{},", member, value.starts_with('\n') ? "" : " ", value);
    body.back() = '}';
    return add(std::move(name), std::move(type), "", std::move(body), proof);
}

std::string header_writer::add_array(std::string name, std::string type, std::string count, std::string values) {
    return add(std::move(name), std::move(type), "[" + count + "]", " = " + values, "");
}

options_text& options_text::add(std::string_view name, std::string const& value) {
    members_ += fmt::format("{}.{} = {}", members_.empty() ? "" : ", ", name, value);
    return *this;
}
options_text& options_text::field(std::string_view name, int value, int standard) {
    return value == standard ? *this : add(name, std::to_string(value));
}
options_text& options_text::field(std::string_view name, bool value, bool standard) {
    return value == standard ? *this : add(name, value ? "true" : "false");
}
options_text& options_text::field(std::string_view name, float value, float standard) {
    return value == standard ? *this : add(name, float_text(value));
}
options_text& options_text::field(std::string_view name, padding const& value) {
    switch (value.mode) {
        case padding::kind::valid: return *this;
        case padding::kind::same: return add(name, "padding::same");
        case padding::kind::given: break;
    }
    return add(name, fmt::format("{{padding::kind::given, {}, {}, {}, {}}}", value.top, value.bottom, value.left, value.right));
}
options_text& options_text::field(std::string_view name, activation_function value) {
    switch (value) {
        case activation_function::none: break;
        case activation_function::relu: return add(name, "activation_function::relu");
        case activation_function::relu6: return add(name, "activation_function::relu6");
        case activation_function::relu_n1_to_1: return add(name, "activation_function::relu_n1_to_1");
    }
    return *this;
}
options_text& options_text::field(std::string_view name, affine const& value) {
    return value == affine{} ? *this : add(name, fmt::format("{{{}, {}}}", float_text(value.scale), value.zero_point));
}
options_text& options_text::field(std::string_view name, inlay::shape const& value) { return add(name, shape_text(value)); }
options_text& options_text::field(std::string_view name, std::span<int const> values) {
    while (!values.empty() && values.back() == 0) values = values.first(values.size() - 1);
    return values.empty() ? *this : add(name, fmt::format("{{{}}}", fmt::join(values, ", ")));
}
options_text& options_text::field(std::string_view name, std::span<bool const> values) {
    while (!values.empty() && !values.back()) values = values.first(values.size() - 1);
    return values.empty() ? *this : add(name, fmt::format("{{{}}}", fmt::join(values, ", ")));
}

std::string template_text(std::string_view operation, std::vector<std::string> const& arguments) {
    std::string inside;
    for (auto const& argument : arguments) {
        if (!argument.empty()) inside += (inside.empty() ? "" : ", ") + argument;
    }
    return fmt::format("{}<{}>", operation, inside);
}

std::string float_text(float value) {
    if (std::isnan(value)) return "std::numeric_limits<float>::quiet_NaN()";
    if (std::isinf(value)) return value < 0 ? "-std::numeric_limits<float>::infinity()" : "std::numeric_limits<float>::infinity()";
    auto text = fmt::format("{}", value);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text + "F";
}

std::string shape_text(inlay::shape const& shape) {
    return fmt::format("shape{{{}}}", fmt::join(std::span{shape.extent, static_cast<std::size_t>(shape.rank)}, ", "));
}

std::string cpp_type(element_type type) {
    switch (type) {
        case element_type::float32: return "float";
        case element_type::boolean: return "bool";
        default: return fmt::format("std::{}_t", name_of(type));
    }
}

std::string tensor_text(tensor_description const& tensor) {
    auto const quantisation = tensor.activation_quantisation();
    auto const affine = quantisation.scale == 0 ? "" : fmt::format("affine{{{}, {}}}", float_text(quantisation.scale), quantisation.zero_point);
    return template_text("tensor", {cpp_type(tensor.type), shape_text(tensor.shape), affine});
}

std::string literal_text(std::span<std::int8_t const> values) {
    // Octal escapes of three digits cannot run into the character behind them, as hexadecimal ones would.
    std::string text;
    bool const many = values.size() > 24;
    std::size_t column = line_width;
    auto const open = [&] {
        text += many ? (text.empty() ? "\n        \"" : "\"\n        \"") : "\"";
        column = 9;
    };
    if (values.empty()) return "\"\"";
    if (!many) open();
    for (std::int8_t const value : values) {
        auto const byte = static_cast<unsigned char>(value);
        bool const plain = byte >= 32 && byte < 127 && byte != '"' && byte != '\\' && byte != '?';
        if (many && column + 5 > line_width) open();
        if (plain) {
            text += static_cast<char>(byte);
            ++column;
        } else {
            text += fmt::format("\\{:03o}", byte);
            column += 4;
        }
    }
    return text + "\"";
}

std::string list_text(std::span<std::int32_t const> values) {
    std::vector<std::string> items;
    for (auto const value : values) {
        // The lowest number has no literal of its own type.
        items.push_back(value == std::numeric_limits<std::int32_t>::min() ? "-2147483647 - 1" : std::to_string(value));
    }
    return braces(items);
}

std::string list_text(std::span<float const> values) {
    std::vector<std::string> items;
    for (auto const value : values) items.push_back(float_text(value));
    return braces(items);
}

std::string list_text(std::span<fixed_point const> values) {
    std::vector<std::string> items;
    for (auto const& value : values) items.push_back(fmt::format("{{{}, {}}}", value.multiplier, value.shift));
    return braces(items);
}

std::string values_text(tensor_description const& tensor) {
    switch (tensor.type) {
        case element_type::int8: return literal_text(tensor.values<std::int8_t>());
        case element_type::float32: return list_text(tensor.values<float>());
        case element_type::int32: return list_text(tensor.values<std::int32_t>());
        default: break;
    }
    std::vector<std::string> items;
    auto const add = [&](auto values) {
        for (auto const value : values) items.push_back(fmt::format("{}", value));
    };
    switch (tensor.type) {
        case element_type::uint8: add(tensor.values<std::uint8_t>()); break;
        case element_type::int16: add(tensor.values<std::int16_t>()); break;
        case element_type::uint32: add(tensor.values<std::uint32_t>()); break;
        case element_type::int64: add(tensor.values<std::int64_t>()); break;
        case element_type::uint64: add(tensor.values<std::uint64_t>()); break;
        case element_type::boolean: add(tensor.values<bool>()); break;
        default: break;
    }
    return braces(items);
}

}  // namespace inlay::tool
