// SPDX-License-Identifier: MIT
//
// Builds small models, for tests and benchmarks.
#pragma once

#include "error.hpp"
#include "model/graph.hpp"
#include "passes/prepare.hpp"
#include "report.hpp"

#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <initializer_list>
#include <string>
#include <vector>

namespace inlay::tool {

/// A model under construction; tensors are numbers.
struct network {
    graph model;

    network() {
        model.name = "made_up";
        model.source = "made_up.tflite";
    }

    int tensor(element_type type, inlay::shape shape, affine quantisation = {}) {
        auto& made = model.tensors.emplace_back();
        made.name = fmt::format("tensor_{}", model.tensors.size() - 1);
        made.type = type;
        made.shape = shape;
        if (type == element_type::int8) made.quantisation = {{quantisation.scale}, {quantisation.zero_point}, 0};
        return static_cast<int>(model.tensors.size()) - 1;
    }

    int input(inlay::shape shape, element_type type = element_type::int8, affine quantisation = {0.05F, 3}) {
        model.inputs.push_back(tensor(type, shape, quantisation));
        return model.inputs.back();
    }

    template <class T>
    int constant(element_type type, inlay::shape shape, std::vector<T> const& values, quantisation quantisation = {}) {
        if (static_cast<int>(values.size()) != shape.size()) {
            throw tool_error{.where = "a made-up constant", .what = fmt::format("has {} numbers for {}", values.size(), text_of(shape))};
        }
        int const made = tensor(type, shape);
        auto& to = model.tensors[static_cast<std::size_t>(made)];
        to.quantisation = std::move(quantisation);
        to.is_constant = true;
        to.data.resize(values.size() * sizeof(T));
        std::memcpy(to.data.data(), values.data(), to.data.size());
        return made;
    }

    int operate(std::string kind, operator_options options, std::vector<int> inputs, int output) {
        auto location = fmt::format("operator {}, {}", model.operations.size(), kind);
        model.operations.push_back({.kind = std::move(kind), .location = std::move(location), .version = 1, .options = std::move(options),
                                    .inputs = std::move(inputs), .outputs = {output}});
        return output;
    }

    inlay::shape const& shape_of(int t) const { return model.tensors[static_cast<std::size_t>(t)].shape; }

    /// An int8 convolution with one scale for each output channel.
    int convolve(int in, inlay::shape filter, std::vector<std::int8_t> const& weights, std::vector<std::int32_t> const& bias, conv2d_options options = {},
                 affine out = {0.05F, -5}) {
        auto const made = make_conv2d_geometry(shape_of(in), filter, options).out;
        quantisation const scales{std::vector<float>(static_cast<std::size_t>(filter.n()), 0.01F), std::vector<int>(static_cast<std::size_t>(filter.n())), 0};
        int const w = constant(element_type::int8, filter, weights, scales);
        int const b = constant(element_type::int32, inlay::shape{filter.n()}, bias);
        return operate("CONV_2D", options, {in, w, b}, tensor(element_type::int8, made, out));
    }

    /// Checked, with constants folded: as passes take it.
    graph finish(std::vector<int> outputs) {
        model.outputs = std::move(outputs);
        report problems{model.source};
        check_operations(model, problems);
        if (!problems.empty()) throw tool_error{.where = model.source, .what = problems.text()};
        fold_constants(model);
        return model;
    }
};

}  // namespace inlay::tool
