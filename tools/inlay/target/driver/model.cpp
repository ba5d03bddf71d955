// SPDX-License-Identifier: MIT
// The network as an application holds it, and nothing else: what this file costs to compile is what a network costs.
#include "image.hpp"

namespace inlay_driver {
constinit engine nn{};
void infer() { nn.run(); }
}  // namespace inlay_driver
