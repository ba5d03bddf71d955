// SPDX-License-Identifier: MIT
//
// The weights of a layer in the layout of the kernel that gets it. For each instruction set there is one `pack` for each kind of
// geometry that it has a kernel for; where the geometry or a range proof fails, it asks the instruction set that it derives from.
#pragma once

#include "model/core.hpp"
#include "operators/filter_layer.hpp"
#include "write/header.hpp"

#include <inlay/kernels/conv2d.hpp>
#include <inlay/kernels/depthwise_conv2d.hpp>
#include <inlay/kernels/fully_connected.hpp>
#include <inlay/kernels/kernel_choice.hpp>

#include <optional>
#include <string>
#include <vector>

namespace inlay::tool {

/// A layer's weights as they stand in a header, and the kernel for which they are packed.
struct packed_weights {
    kernel_choice kernel;
    std::string family;              ///< in front of the name of the weights' type: "dsp::"
    std::vector<table_field> fields;
    std::string arguments = {};      ///< of the weights' type, behind those that every family has: ", 4"
    std::string proof = "sums_fit";  ///< that the header asserts of them
};

/// In the operator's own order, which the portable kernel takes.
template <class Geometry>
packed_weights pack(isa::portable, Geometry const&, filter_layer const& filter, activation_function) {
    return {.kernel = {}, .family = "", .fields = filter.fields(), .proof = ""};
}

packed_weights pack(isa::thumb1, conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::thumb1, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::thumb1, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

packed_weights pack(isa::armv7m, conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::armv7m, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::armv7m, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);

packed_weights pack(isa::arm_dsp, conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::arm_dsp, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
/// For speed with more scratch.
packed_weights pack(execution<isa::arm_dsp, policy::speed>, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::arm_dsp, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);

packed_weights pack(isa::arm_mve, conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::arm_mve, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::arm_mve, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);

packed_weights pack(isa::arm_dsp_fp, conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::arm_dsp_fp, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(execution<isa::arm_dsp_fp, policy::speed>, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::arm_dsp_fp, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);

packed_weights pack(isa::arm_mve_fp, conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::arm_mve_fp, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation);
packed_weights pack(isa::arm_mve_fp, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation);

/// The weights for what the model is compiled for.
template <class Geometry>
packed_weights packed_for(graph const& model, Geometry const& g, filter_layer const& filter, activation_function activation) {
    return with_tag(model.isa, model.optimise, [&](auto tag) { return pack(tag, g, filter, activation); });
}

/// Calls visit with the bank of an int8 layer; a float layer has none, and fits no kernel.
template <class Visit>
bool with_int8_bank(filter_layer const& filter, activation_function activation, Visit visit) {
    bool fits = false;
    filter.with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        if constexpr (std::is_same_v<activation_of<Bank>, std::int8_t>) fits = visit(bank);
    });
    return fits;
}

/// A number as a literal; the lowest has none of its own type.
std::string number_text(std::int32_t value);

/// The lines of an array: each element as `line` writes it.
template <class T, class Line>
std::string array_text(std::vector<T> const& elements, Line line) {
    std::string all = "{";
    for (auto const& each : elements) all += "\n        {" + line(each) + "},";
    all.back() = '}';
    return all;
}

}  // namespace inlay::tool
