// SPDX-License-Identifier: MIT
//
// The model description: what every reader makes, passes change, and writers read.
#pragma once

#include "model/core.hpp"

#include <inlay/core/shape.hpp>
#include <inlay/core/tensor.hpp>
#include <inlay/kernels/concatenation.hpp>
#include <inlay/kernels/conv2d.hpp>
#include <inlay/kernels/depthwise_conv2d.hpp>
#include <inlay/kernels/elementwise.hpp>
#include <inlay/kernels/fully_connected.hpp>
#include <inlay/kernels/pad.hpp>
#include <inlay/kernels/pool2d.hpp>
#include <inlay/kernels/reduce.hpp>
#include <inlay/kernels/reshape.hpp>
#include <inlay/kernels/softmax.hpp>
#include <inlay/kernels/transpose.hpp>
#include <inlay/kernels/unary.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace inlay::tool {

enum class element_type { float32, float16, int4, int8, uint8, int16, int32, uint32, int64, uint64, boolean, resource, string };

/// "int8", "float32", as in the documentation.
std::string_view name_of(element_type type);

/// Bytes of one element; 0 for types without a fixed size (string, resource, int4).
int bytes_of(element_type type);

/// "[1, 28, 28, 1]"
std::string text_of(inlay::shape const& shape);

/// Whether two shapes hold as many elements, in rows of the same length along the last axis.
constexpr bool same_rows(inlay::shape const& a, inlay::shape const& b) {
    return a == b || (a.rank > 0 && b.rank > 0 && a.last() == b.last() && a.size() == b.size());
}

/// real = scale[c] * (q - zero_point[c]), c the index on `axis`; one entry: the whole tensor; none: not quantised.
struct quantisation {
    std::vector<float> scale;
    std::vector<int> zero_point;
    int axis = 0;

    bool per_channel() const { return scale.size() > 1; }
};

struct tensor_description {
    std::string name;  ///< as in the model; may be empty or not unique
    element_type type = element_type::float32;
    inlay::shape shape;
    tool::quantisation quantisation;
    bool is_constant = false;
    bool is_variable = false;
    std::vector<std::byte> data;  ///< of a constant: shape.size() elements, little-endian, row-major

    /// The constant's elements as numbers of type T, which must have the element's size.
    template <class T>
    std::span<T const> values() const {
        return {reinterpret_cast<T const*>(data.data()), data.size() / sizeof(T)};
    }

    /// Bytes of all elements.
    std::size_t bytes() const { return static_cast<std::size_t>(shape.size()) * static_cast<std::size_t>(bytes_of(type)); }

    /// The quantisation of an activation tensor; {} if it has none.
    affine activation_quantisation() const {
        return quantisation.scale.empty() ? affine{} : affine{quantisation.scale[0], quantisation.zero_point[0]};
    }
};

/// The options of an operator, as the device library has them; `output` in them is filled by the operator's own code.
using operator_options =
    std::variant<std::monostate, conv2d_options, depthwise_conv2d_options, fully_connected_options, pool2d_options, elementwise_options,
                 pad_options, reduce_options, concatenation_options, reshape_options, transpose_options, softmax_options, unary_options,
                 leaky_relu_options>;

struct operation {
    static constexpr int absent = -1;  ///< an optional input that is not there

    std::string kind;      ///< the operator's TFLite name, "CONV_2D"
    std::string location;  ///< for messages: `operator 3, CONV_2D "block1/conv"`
    int version = 1;
    operator_options options;
    std::vector<int> inputs;   ///< indices of tensors, or `absent`
    std::vector<int> outputs;  ///< indices of tensors
    std::vector<operation> layers{};  ///< of a group that is computed together, `STREAMED`; see model/streaming.hpp
};

/// What a model costs, wherever it runs.
struct model_size {
    std::size_t layers;
    std::int64_t weight_bytes;
    std::int64_t macs;
};

/// A model: operations in the order of their execution.
struct graph {
    std::string name;         ///< a C++ identifier made from the file's name
    std::string source;       ///< the file's name without directories
    std::string description;  ///< the model's own words
    std::vector<tensor_description> tensors;
    std::vector<operation> operations;
    std::vector<int> inputs;   ///< indices of tensors
    std::vector<int> outputs;  ///< indices of tensors
    std::optional<model_size> before_shrinking;  ///< of the model as it was read, where something was taken out of it

    /// Whether the application hands over the rows of the first input one by one.
    bool is_fed = false;

    /// What it is compiled for: the layouts of its weights and the scratch of its kernels follow.
    instruction_set isa = instruction_set::portable;
    policy optimise = policy::balanced;

    /// Input k of an operation, which is there.
    tensor_description const& in(operation const& op, std::size_t k) const { return tensors[static_cast<std::size_t>(op.inputs[k])]; }
    /// Input k of an operation; nullptr if it is not there.
    tensor_description const* optional_in(operation const& op, std::size_t k) const {
        return k < op.inputs.size() && op.inputs[k] != operation::absent ? &in(op, k) : nullptr;
    }
    /// Output k of an operation.
    tensor_description const& out(operation const& op, std::size_t k = 0) const { return tensors[static_cast<std::size_t>(op.outputs[k])]; }
};

}  // namespace inlay::tool
