// SPDX-License-Identifier: MIT
#include "operators/supports.hpp"
#include "operators/unary.hpp"
#include "passes/channelwise.hpp"

#include <inlay/kernels/portable/quantize.hpp>

namespace inlay::tool {
namespace {

template <class T>
auto function(graph const& model, operation const& op) {
    return make_quantize<T>(quantisation_in(model, op), quantisation_out(model, op));
}

void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!check_unary_operands(ask, {element_type::float32, element_type::int8}, element_type::int8)) return;
    if (ask.in(0).type == element_type::int8 && !require_scales(ask, function<std::int8_t>(model, op).is_exact())) return;
    std::get<unary_options>(op.options).output = quantisation_out(model, op);
}

void evaluate(graph const& model, operation const& op, operands const& memory) {
    visit_element(model.in(op, 0).type, [&]<class T>(std::type_identity<T>) {
        transform_elements<std::int8_t, T>(model, op, memory, function<T>(model, op));
    });
}

layer_text write(graph const& model, operation const& op, header_writer&) { return write_unary(model, op, "quantize"); }

}  // namespace

operator_support const quantize_support{
    .kind = "QUANTIZE", .check = check, .evaluate = evaluate, .write = write, .kernel = table_kernel,
    .keeps_rows = true, .channels = &channelwise<same_channels, channel_function::monotone>, .overlap = overlap_unary, .reading = read_elementwise};

}  // namespace inlay::tool
