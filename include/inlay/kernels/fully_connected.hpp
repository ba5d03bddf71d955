// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>
#include <inlay/core/constant.hpp>
#include <inlay/core/shape.hpp>
#include <inlay/kernels/filter_bank.hpp>

#include <cstdint>

namespace inlay {

struct fully_connected_options {
    activation_function activation = activation_function::none;
    bool keep_num_dims = false;  ///< the output has the input's axes but the last; otherwise [batches, units]
    affine output = {};          ///< quantisation of the result

    friend constexpr bool operator==(fully_connected_options const&, fully_connected_options const&) = default;
};

/// The sizes of a fully connected layer. The input is read as [batches, in], whatever its axes.
struct fully_connected_geometry {
    int batches;
    int in;
    int out;
    int filter_zero_point = 0;

    constexpr std::int64_t macs() const { return std::int64_t{batches} * in * out; }
};

/// The geometry for an input of any rank and a filter [out, in]; the input's size is a multiple of `in`.
constexpr fully_connected_geometry make_fully_connected_geometry(shape const& in, shape const& filter, int filter_zero_point = 0) {
    return {.batches = in.size() / filter[1], .in = filter[1], .out = filter[0], .filter_zero_point = filter_zero_point};
}

/// The output's axes. Those of the input can only be kept where its last one is what the filter reads.
constexpr shape fully_connected_shape(shape const& in, shape const& filter, bool keep_num_dims) {
    if (!keep_num_dims) return shape{in.size() / filter[1], filter[0]};
    shape out = in;
    out[out.rank - 1] = filter[0];
    return out;
}

/// The factor from a sum to the output of a layer with one filter scale. The product of scales is rounded to float, as in
/// the reference; with a scale for each unit it is a double, as for convolutions.
///   source  TFLite GetQuantizedConvolutionMultipler
constexpr double fully_connected_rescale(float input_scale, float filter_scale, float output_scale) {
    float const product = input_scale * filter_scale;
    return static_cast<double>(product) / static_cast<double>(output_scale);
}

}  // namespace inlay

#include <inlay/kernels/portable/fully_connected.hpp>  // IWYU pragma: export
