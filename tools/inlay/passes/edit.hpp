// SPDX-License-Identifier: MIT
//
// Small changes of a model that passes are made of.
#pragma once

#include "model/graph.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace inlay::tool {

inline tensor_description& tensor_at(graph& model, int t) { return model.tensors[static_cast<std::size_t>(t)]; }
inline tensor_description const& tensor_at(graph const& model, int t) { return model.tensors[static_cast<std::size_t>(t)]; }

bool is_input(graph const& model, int t);
bool is_output(graph const& model, int t);

/// The operations that read a tensor, by index, each once.
std::vector<std::size_t> readers_of(graph const& model, int t);

/// The operation that makes a tensor; nullptr for inputs, constants and variables.
operation* maker_of(graph& model, int t);

/// Whether nothing but one operation reads the tensor: it is no output of the model, and read once.
bool has_one_reader(graph const& model, int t);

/// Operations that read `from` read `to` instead.
void redirect_readers(graph& model, int from, int to);

/// Adds a constant and returns its index.
int add_constant(graph& model, std::string name, element_type type, inlay::shape shape, std::span<std::byte const> data);

/// Input k of the operation, a constant, to be changed: a copy of its own if it is used elsewhere.
tensor_description& own_constant(graph& model, operation& op, std::size_t k);

/// Leaves only some indices of an axis, of the data and of what is quantised along it.
void slice_constant(tensor_description& tensor, int axis, std::vector<int> const& kept);

/// Removes operations that no output depends on, then tensors that nothing uses, and makes equal constants one.
void remove_unused(graph& model);

}  // namespace inlay::tool
