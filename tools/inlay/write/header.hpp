// SPDX-License-Identifier: MIT
//
// Collects the parts of a generated header, and the forms in which numbers stand in it.
#pragma once

#include "model/graph.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace inlay::tool {

/// A member of a table and its initialiser, without the leading dot: {"bias", "{1, 2}"}.
using table_field = std::pair<std::string, std::string>;

/// The constant tables of a header. Tables that are alike, and in the same section, are one.
class header_writer {
public:
    explicit header_writer(std::vector<std::string> node_names) : node_names_{std::move(node_names)} {}

    /// The name of the node that stands for a tensor.
    std::string const& node(int tensor) const { return node_names_[static_cast<std::size_t>(tensor)]; }

    /// Defines an object of this type and returns its name: `name` if it is new, that of its twin otherwise.
    /// `proof` is a template over the object that a header asserts.
    std::string add_table(std::string name, std::string type, std::vector<table_field> const& fields, std::string const& proof = "");

    /// The section for all tables from here on; none if empty.
    void put_into(std::string section) { section_ = std::move(section); }

    /// The same for an array of a tensor's values, `type name[count]`.
    std::string add_array(std::string name, std::string type, std::string count, std::string values);

    struct table {
        std::string declaration;  ///< "extern conv2d_weights<int8_per_channel, 8, 3, 3, 3> const conv1_weights"
        std::string definition;
    };
    std::vector<table> const& tables() const { return tables_; }

    /// How many tables were asked for, twins included.
    std::size_t count_uses() const { return uses_; }

private:
    std::string add(std::string name, std::string type, std::string suffix, std::string body, std::string const& proof);

    std::vector<std::string> node_names_;
    std::vector<table> tables_;
    std::map<std::string, std::string> names_by_content_;
    std::string section_;
    std::size_t uses_ = 0;
};

/// Writes an options aggregate with the members that differ from its defaults: `conv2d_options{.stride_h = 2}`.
class options_text {
public:
    explicit options_text(std::string type) : type_{std::move(type)} {}

    options_text& field(std::string_view name, int value, int standard);
    options_text& field(std::string_view name, bool value, bool standard);
    options_text& field(std::string_view name, float value, float standard);
    options_text& field(std::string_view name, padding const& value);
    options_text& field(std::string_view name, activation_function value);
    options_text& field(std::string_view name, affine const& value);
    options_text& field(std::string_view name, inlay::shape const& value);
    /// An array; left out if all are zero.
    options_text& field(std::string_view name, std::span<int const> values);
    options_text& field(std::string_view name, std::span<bool const> values);

    /// The aggregate, or nothing if every member has its default.
    std::string text() const { return members_.empty() ? "" : type_ + "{" + members_ + "}"; }

private:
    options_text& add(std::string_view name, std::string const& value);

    std::string type_;
    std::string members_;
};

/// `operation<first, second>` without empty arguments; `operation<>` if none is left.
std::string template_text(std::string_view operation, std::vector<std::string> const& arguments);

/// A float that reads back as itself: `0.1F`.
std::string float_text(float value);

/// `shape{1, 8, 8, 3}`
std::string shape_text(inlay::shape const& shape);

/// A tensor type: `tensor<std::int8_t, shape{1, 12}, affine{0.5F, -128}>`
std::string tensor_text(tensor_description const& tensor);

/// `std::int8_t`, `float`
std::string cpp_type(element_type type);

/// Bytes as string literals, a line each where they are many.
std::string literal_text(std::span<std::int8_t const> values);

/// Numbers in braces, in lines.
std::string list_text(std::span<std::int32_t const> values);
std::string list_text(std::span<float const> values);
std::string list_text(std::span<fixed_point const> values);

/// The elements of a constant as the initialiser of an array.
std::string values_text(tensor_description const& tensor);

}  // namespace inlay::tool
