// SPDX-License-Identifier: MIT
#include "operators/attributes.hpp"
#include "operators/movement.hpp"
#include "operators/reshape.hpp"
#include "operators/supports.hpp"
#include "passes/channelwise.hpp"

#include <fmt/format.h>

namespace inlay::tool {
namespace {

void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(2, 2) || !moves_elements(ask, 0, "input")) return;
    auto const& in = ask.in(0).shape;
    auto const axis = integers(ask, 1, 1, "axis");
    if (!axis || !ask.rank(ask.in(0), 0, max_rank - 1, "input")) return;
    auto const given = (*axis)[0];
    if (!ask.require(given >= -in.rank - 1 && given <= in.rank, "an axis that is not there",
                     fmt::format("a new axis {} in shape {}", given, text_of(in)),
                     "export the model again; the file is damaged or was made by a faulty converter")) {
        return;
    }
    int const place = static_cast<int>(given < 0 ? given + in.rank + 1 : given);
    inlay::shape to;
    to.rank = in.rank + 1;
    for (int a = 0; a < to.rank; ++a) to[a] = a == place ? 1 : in[a < place ? a : a - 1];
    std::get<reshape_options>(op.options).to = to;
    ask.makes(to);
}

layer_text write(graph const&, operation const& op, header_writer&) { return write_reshape(op, "expand_dims"); }

}  // namespace

operator_support const expand_dims_support{
    .kind = "EXPAND_DIMS", .check = check, .evaluate = nullptr, .write = write, .is_alias = true,
    .channels = &channelwise<reshaped_channels, channel_function::monotone>};

}  // namespace inlay::tool
