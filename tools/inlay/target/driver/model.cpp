// SPDX-License-Identifier: MIT
// The network as an application holds it, and nothing else: what this file costs to compile is what a network costs.
#include "feeding.hpp"

namespace inlay_driver {
constinit engine nn{};
void infer() {
    run_network(nn, []<class>(auto const&) {});
}
}  // namespace inlay_driver
