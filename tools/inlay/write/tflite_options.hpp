// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "tflite_generated.h"

namespace inlay::tool {

/// The options of an operation as the format has them.
tflite::BuiltinOptionsUnion write_options(graph const& model, operation const& op);

}  // namespace inlay::tool
