// SPDX-License-Identifier: MIT
#include "operators/supports.hpp"
#include "operators/unary.hpp"
#include "passes/channelwise.hpp"

#include <inlay/kernels/portable/dequantize.hpp>

namespace inlay::tool {
namespace {

void check(graph& model, operation& op, report& problems) {
    check_unary_operands({model, op, problems}, {element_type::int8}, element_type::float32);
}

void evaluate(graph const& model, operation const& op, operands const& memory) {
    transform_elements<float, std::int8_t>(model, op, memory, make_dequantize(quantisation_in(model, op)));
}

layer_text write(graph const& model, operation const& op, header_writer&) { return write_unary(model, op, "dequantize"); }

}  // namespace

operator_support const dequantize_support{
    .kind = "DEQUANTIZE", .check = check, .evaluate = evaluate, .write = write,
    .keeps_rows = true, .channels = &channelwise<same_channels, channel_function::monotone>, .overlap = overlap_unary, .reading = read_elementwise};

}  // namespace inlay::tool
