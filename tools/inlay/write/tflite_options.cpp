// SPDX-License-Identifier: MIT
#include "write/tflite_options.hpp"

namespace inlay::tool {
namespace {

tflite::ActivationFunctionType activation(activation_function function) {
    switch (function) {
        case activation_function::relu: return tflite::ActivationFunctionType::RELU;
        case activation_function::relu6: return tflite::ActivationFunctionType::RELU6;
        case activation_function::relu_n1_to_1: return tflite::ActivationFunctionType::RELU_N1_TO_1;
        case activation_function::none: break;
    }
    return tflite::ActivationFunctionType::NONE;
}

tflite::Padding padding(inlay::padding const& pad) {
    return pad.mode == padding::kind::same ? tflite::Padding::SAME : tflite::Padding::VALID;
}

/// One function for each options struct of the model description.
struct options_writer {
    graph const& model;
    operation const& op;
    tflite::BuiltinOptionsUnion& to;

    void operator()(std::monostate) const {}

    void operator()(conv2d_options const& from) const {
        tflite::Conv2DOptionsT table;
        table.padding = padding(from.padding);
        table.stride_h = from.stride_h;
        table.stride_w = from.stride_w;
        table.dilation_h_factor = from.dilation_h;
        table.dilation_w_factor = from.dilation_w;
        table.fused_activation_function = activation(from.activation);
        to.Set(std::move(table));
    }

    void operator()(depthwise_conv2d_options const& from) const {
        tflite::DepthwiseConv2DOptionsT table;
        table.padding = padding(from.padding);
        table.stride_h = from.stride_h;
        table.stride_w = from.stride_w;
        table.dilation_h_factor = from.dilation_h;
        table.dilation_w_factor = from.dilation_w;
        table.depth_multiplier = model.out(op).shape.c() / model.in(op, 0).shape.c();
        table.fused_activation_function = activation(from.activation);
        to.Set(std::move(table));
    }

    void operator()(pool2d_options const& from) const {
        tflite::Pool2DOptionsT table;
        table.padding = padding(from.padding);
        table.stride_h = from.stride_h;
        table.stride_w = from.stride_w;
        table.filter_height = from.filter_h;
        table.filter_width = from.filter_w;
        table.fused_activation_function = activation(from.activation);
        to.Set(std::move(table));
    }

    void operator()(fully_connected_options const& from) const {
        tflite::FullyConnectedOptionsT table;
        table.fused_activation_function = activation(from.activation);
        table.keep_num_dims = from.keep_num_dims;
        to.Set(std::move(table));
    }

    void operator()(softmax_options const& from) const {
        tflite::SoftmaxOptionsT table;
        table.beta = from.beta;
        to.Set(std::move(table));
    }

    void operator()(concatenation_options const& from) const {
        tflite::ConcatenationOptionsT table;
        table.axis = from.axis;
        table.fused_activation_function = activation(from.activation);
        to.Set(std::move(table));
    }

    void operator()(elementwise_options const& from) const {
        auto const set = [&](auto table) {
            table.fused_activation_function = activation(from.activation);
            to.Set(std::move(table));
        };
        if (op.kind == "ADD") set(tflite::AddOptionsT{});
        if (op.kind == "SUB") set(tflite::SubOptionsT{});
        if (op.kind == "MUL") set(tflite::MulOptionsT{});
    }

    void operator()(reduce_options const& from) const {
        tflite::ReducerOptionsT table;
        table.keep_dims = from.keep_dims;
        to.Set(std::move(table));
    }

    void operator()(reshape_options const& from) const {
        if (op.kind == "EXPAND_DIMS") return to.Set(tflite::ExpandDimsOptionsT{});
        tflite::ReshapeOptionsT table;
        table.new_shape.assign(from.to.extent, from.to.extent + from.to.rank);
        to.Set(std::move(table));
    }

    void operator()(leaky_relu_options const& from) const {
        tflite::LeakyReluOptionsT table;
        table.alpha = from.alpha;
        to.Set(std::move(table));
    }

    void operator()(pad_options const&) const { op.kind == "PADV2" ? to.Set(tflite::PadV2OptionsT{}) : to.Set(tflite::PadOptionsT{}); }
    void operator()(transpose_options const&) const { to.Set(tflite::TransposeOptionsT{}); }
    void operator()(unary_options const&) const {
        if (op.kind == "QUANTIZE") to.Set(tflite::QuantizeOptionsT{});
        if (op.kind == "DEQUANTIZE") to.Set(tflite::DequantizeOptionsT{});
        if (op.kind == "HARD_SWISH") to.Set(tflite::HardSwishOptionsT{});
    }
};

}  // namespace

tflite::BuiltinOptionsUnion write_options(graph const& model, operation const& op) {
    tflite::BuiltinOptionsUnion to;
    std::visit(options_writer{model, op, to}, op.options);
    return to;
}

}  // namespace inlay::tool
