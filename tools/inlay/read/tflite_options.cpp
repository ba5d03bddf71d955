// SPDX-License-Identifier: MIT
#include "read/tflite_parts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {
namespace {

/// An operator's table of options, and where its problems go.
struct options_reading {
    tflite_reading& in;
    tflite::Operator const& from;
    operation const& to;

    void problem(std::string_view what, std::string_view why, std::string_view mend) const { in.problems.add(to.location, what, why, mend); }

    /// The table, or nullptr if the file has none, as old converters leave out tables without a setting.
    template <class Table>
    Table const* table() const {
        tflite::BuiltinOptions const type = from.builtin_options_type();
        if (type == tflite::BuiltinOptionsTraits<Table>::enum_value) return from.template builtin_options_as<Table>();
        if (type != tflite::BuiltinOptions::NONE) {
            std::string const name = tflite::EnumNameBuiltinOptions(type);
            problem(fmt::format("its options are {}", name.empty() ? "of an unknown kind" : name),
                    fmt::format("this operator has {}", tflite::EnumNameBuiltinOptions(tflite::BuiltinOptionsTraits<Table>::enum_value)),
                    "the file is damaged, or its converter is: convert the model again");
        }
        return nullptr;
    }

    /// The table of an operator that cannot do without.
    template <class Table>
    Table const* required_table() const {
        Table const* const found = table<Table>();
        if (found == nullptr && from.builtin_options_type() == tflite::BuiltinOptions::NONE) {
            problem("has no options", "the operator cannot be understood without them", "convert the model again");
        }
        return found;
    }

    /// A stride, a dilation or an extent of a window.
    int positive(std::string_view name, int value) const {
        constexpr int most = 32767;
        if (value >= 1 && value <= most) return value;
        problem(fmt::format("{} is {}", name, value), fmt::format("it counts from 1 to {}", most), "convert the model again");
        return 1;
    }

    float finite(std::string_view name, float value) const {
        if (std::isfinite(value)) return value;
        problem(fmt::format("{} is {}", name, value), "it is a finite number", "convert the model again");
        return 0;
    }

    inlay::padding padding(tflite::Padding value) const {
        if (value == tflite::Padding::SAME) return padding::same;
        if (value != tflite::Padding::VALID) {
            problem(fmt::format("padding is number {}", static_cast<int>(value)), "it is SAME or VALID", "convert the model again");
        }
        return padding::valid;
    }

    activation_function activation(tflite::ActivationFunctionType value) const {
        switch (value) {
            case tflite::ActivationFunctionType::NONE: return activation_function::none;
            case tflite::ActivationFunctionType::RELU: return activation_function::relu;
            case tflite::ActivationFunctionType::RELU6: return activation_function::relu6;
            case tflite::ActivationFunctionType::RELU_N1_TO_1: return activation_function::relu_n1_to_1;
            default: break;
        }
        std::string const name = tflite::EnumNameActivationFunctionType(value);
        problem(fmt::format("fused activation {} is not supported", name.empty() ? std::to_string(static_cast<int>(value)) : name),
                "an activation inside another operator is one of RELU, RELU6, RELU_N1_TO_1", "make it an operator of its own");
        return activation_function::none;
    }

    /// The shape of an operand; nullptr if it is not there.
    shape const* input_shape(std::size_t k) const {
        if (k >= to.inputs.size() || to.inputs[k] == operation::absent) return nullptr;
        return &in.to.tensors[static_cast<std::size_t>(to.inputs[k])].shape;
    }
};

operator_options read_conv2d(options_reading const& options) {
    auto const* const from = options.required_table<tflite::Conv2DOptions>();
    if (from == nullptr) return conv2d_options{};
    return conv2d_options{.stride_h = options.positive("stride_h", from->stride_h()),
                          .stride_w = options.positive("stride_w", from->stride_w()),
                          .dilation_h = options.positive("dilation_h", from->dilation_h_factor()),
                          .dilation_w = options.positive("dilation_w", from->dilation_w_factor()),
                          .padding = options.padding(from->padding()),
                          .activation = options.activation(from->fused_activation_function())};
}

operator_options read_depthwise_conv2d(options_reading const& options) {
    auto const* const from = options.required_table<tflite::DepthwiseConv2DOptions>();
    if (from == nullptr) return depthwise_conv2d_options{};
    // The multiplier follows from the shapes; converters write it, or 0.
    shape const* const image = options.input_shape(0);
    shape const* const filter = options.input_shape(1);
    int const multiplier = from->depth_multiplier();
    if (multiplier != 0 && image != nullptr && filter != nullptr &&
        std::int64_t{image->last()} * multiplier != std::int64_t{filter->last()}) {
        options.problem(fmt::format("depth multiplier {}, with {} input channels and {} filter channels", multiplier, image->last(), filter->last()),
                        "the filter has input channels * multiplier channels", "convert the model again");
    }
    return depthwise_conv2d_options{.stride_h = options.positive("stride_h", from->stride_h()),
                                    .stride_w = options.positive("stride_w", from->stride_w()),
                                    .dilation_h = options.positive("dilation_h", from->dilation_h_factor()),
                                    .dilation_w = options.positive("dilation_w", from->dilation_w_factor()),
                                    .padding = options.padding(from->padding()),
                                    .activation = options.activation(from->fused_activation_function())};
}

operator_options read_pool2d(options_reading const& options) {
    auto const* const from = options.required_table<tflite::Pool2DOptions>();
    if (from == nullptr) return pool2d_options{};
    return pool2d_options{.filter_h = options.positive("filter_height", from->filter_height()),
                          .filter_w = options.positive("filter_width", from->filter_width()),
                          .stride_h = options.positive("stride_h", from->stride_h()),
                          .stride_w = options.positive("stride_w", from->stride_w()),
                          .padding = options.padding(from->padding()),
                          .activation = options.activation(from->fused_activation_function())};
}

operator_options read_fully_connected(options_reading const& options) {
    auto const* const from = options.table<tflite::FullyConnectedOptions>();
    if (from == nullptr) return fully_connected_options{};
    if (from->weights_format() != tflite::FullyConnectedOptionsWeightsFormat::DEFAULT) {
        options.problem("its weights are shuffled: not supported", "inlay reads weights in row-major order", "convert the model without shuffled weights");
    }
    return fully_connected_options{.activation = options.activation(from->fused_activation_function()), .keep_num_dims = from->keep_num_dims()};
}

operator_options read_softmax(options_reading const& options) {
    auto const* const from = options.required_table<tflite::SoftmaxOptions>();
    if (from == nullptr) return softmax_options{};
    return softmax_options{.beta = options.finite("beta", from->beta())};
}

operator_options read_concatenation(options_reading const& options) {
    auto const* const from = options.required_table<tflite::ConcatenationOptions>();
    if (from == nullptr) return concatenation_options{};
    return concatenation_options{.axis = from->axis(), .activation = options.activation(from->fused_activation_function())};
}

template <class Table>
operator_options read_elementwise(options_reading const& options) {
    auto const* const from = options.table<Table>();
    if (from == nullptr) return elementwise_options{};
    return elementwise_options{.activation = options.activation(from->fused_activation_function())};
}

operator_options read_reduce(options_reading const& options) {
    auto const* const from = options.table<tflite::ReducerOptions>();
    return reduce_options{.keep_dims = from != nullptr && from->keep_dims()};
}

operator_options read_leaky_relu(options_reading const& options) {
    auto const* const from = options.required_table<tflite::LeakyReluOptions>();
    if (from == nullptr) return leaky_relu_options{};
    return leaky_relu_options{.alpha = options.finite("alpha", from->alpha())};
}

/// The shape as the file has it; one extent may be -1, and a second operand goes before.
operator_options read_reshape(options_reading const& options) {
    auto const* const from = options.table<tflite::ReshapeOptions>();
    reshape_options read;
    if (from == nullptr || size_of(from->new_shape()) == 0) return read;
    std::size_t const rank = from->new_shape()->size();
    if (rank > std::size_t{max_rank}) {
        options.problem(fmt::format("reshapes to {} axes", rank), fmt::format("inlay has tensors of at most {} axes", max_rank),
                        "merge axes before conversion");
        return read;
    }
    std::vector<int> const extents = copy_of(from->new_shape());
    read.to.rank = static_cast<int>(rank);
    for (std::size_t axis = 0; axis < rank; ++axis) read.to.extent[axis] = extents[axis];
    return read;
}

/// The input's shape without the axes that the file names, or without all axes of extent 1 if it names none.
operator_options read_squeeze(options_reading const& options) {
    auto const* const from = options.table<tflite::SqueezeOptions>();
    reshape_options read;
    shape const* const image = options.input_shape(0);
    if (image == nullptr) return read;
    std::size_t const named = from == nullptr ? 0 : size_of(from->squeeze_dims());
    bool goes[max_rank] = {};
    for (std::size_t i = 0; i < named; ++i) {
        int const given = from->squeeze_dims()->Get(static_cast<flatbuffers::uoffset_t>(i));
        int const axis = given < 0 ? given + image->rank : given;
        if (given >= image->rank || axis < 0 || (*image)[axis] != 1) {
            options.problem(fmt::format("squeezes axis {} of {}", given, text_of(*image)),
                            "only an axis of extent 1 can go", "convert the model again");
            return read;
        }
        goes[axis] = true;
    }
    for (int axis = 0; axis < image->rank; ++axis) {
        if (named == 0 ? (*image)[axis] == 1 : goes[axis]) continue;
        read.to.extent[read.to.rank++] = (*image)[axis];
    }
    return read;
}

}  // namespace

operator_options read_options(tflite_reading& reading, tflite::BuiltinOperator code, tflite::Operator const& from, operation const& to) {
    using enum tflite::BuiltinOperator;
    options_reading const options{reading, from, to};
    switch (code) {
        case CONV_2D: return read_conv2d(options);
        case DEPTHWISE_CONV_2D: return read_depthwise_conv2d(options);
        case AVERAGE_POOL_2D:
        case MAX_POOL_2D: return read_pool2d(options);
        case FULLY_CONNECTED: return read_fully_connected(options);
        case SOFTMAX: return read_softmax(options);
        case CONCATENATION: return read_concatenation(options);
        case ADD: return read_elementwise<tflite::AddOptions>(options);
        case SUB: return read_elementwise<tflite::SubOptions>(options);
        case MUL: return read_elementwise<tflite::MulOptions>(options);
        case MEAN:
        case SUM: return read_reduce(options);
        case RESHAPE: return read_reshape(options);
        case SQUEEZE: return read_squeeze(options);
        case EXPAND_DIMS: return reshape_options{};
        case LEAKY_RELU: return read_leaky_relu(options);
        case PAD:
        case PADV2: return pad_options{};
        case TRANSPOSE: return transpose_options{};
        case LOGISTIC:
        case TANH:
        case RELU:
        case RELU6:
        case RELU_N1_TO_1:
        case HARD_SWISH:
        case QUANTIZE:
        case DEQUANTIZE: return unary_options{};
        default: return std::monostate{};
    }
}

}  // namespace inlay::tool
