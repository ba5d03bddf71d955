// SPDX-License-Identifier: MIT
//
// C++ identifiers from what a model calls its parts.
#pragma once

#include "model/graph.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// The text in snake_case, made of letters, digits and underscores: "MobilenetV1/Conv2D_0" becomes `mobilenet_v1_conv2d_0`. Empty if
/// the text has no letter or digit. It may be a keyword.
std::string snake_case(std::string_view text);

/// Whether the text can stand as a name in C++: letters, digits and underscores, no digit first, no keyword.
bool is_identifier(std::string_view text);

/// A name for the model's namespace, from its file's name without the extension: no keyword, and nothing that C or C++ declare outside
/// of a namespace.
std::string namespace_from(std::string_view stem);

/// A name for each tensor of a model, which is the name of the layer that makes it in the generated header, in the order of the tensors: short, readable, each once, always the same for the same model.
/// What is left of the model's own name without the scopes and the operator names that converters add; inputs, outputs and layers whose
/// name says nothing are called `image`, `features`, `scores`, `prediction`, or by operator and number, `conv2d_3`.
std::vector<std::string> node_names(graph const& model);

}  // namespace inlay::tool
