// SPDX-License-Identifier: MIT
//
// What CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED have in common: a constant filter with one or many scales, a
// bias, and the tables that their kernels read.
#pragma once

#include "model/graph.hpp"
#include "operators/checks.hpp"
#include "write/header.hpp"

#include <inlay/kernels/filter_bank.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace inlay::tool {

/// The real factor from a channel's sum to the output: input scale * filter scale / output scale.
using rescale_rule = double (*)(float in, float filter, float out);

/// The rule of convolutions: all in double.
double convolution_rescale(float in, float filter, float out);

/// Operands 0 to 2 (input, filter, bias) and the output of an operation; the filter's output channels are on `axis`.
/// The reference subtracts a filter's zero point in some operators only: `filter_zero_point` is what counts.
class filter_layer {
public:
    filter_layer(graph const& model, operation const& op, int axis, rescale_rule rescale, int filter_zero_point = 0)
        : in_{model.in(op, 0)}, filter_{model.in(op, 1)}, bias_{model.optional_in(op, 2)}, out_{model.out(op)}, axis_{axis}, rescale_{rescale},
          filter_zero_point_{filter_zero_point} {}

    /// Asks whether the operands fit a scheme: float32 throughout, or int8 with an int32 bias; constants are constant,
    /// quantisation is complete, one bias for each channel, and no sum can leave int32.
    bool check(operation_checker const& ask) const;

    /// The scheme's name in a header: `float32`, `int8_per_tensor`, `int8_per_channel`.
    std::string scheme() const;

    /// The members of the weights' aggregate in a header: filter, bias, rescale.
    std::vector<table_field> fields() const;

    /// Calls visit with the filter_bank of the layer's scheme, as the portable kernels take it.
    template <class Visit>
    void with_bank(activation_function activation, Visit visit) const {
        auto const out = out_.activation_quantisation();
        if (in_.type == element_type::float32) {
            auto const bias = float_bias();
            visit(filter_bank<float32>{filter_.values<float>().data(), bias.data(), nullptr, 0, float32::output_of(out, activation)});
        } else if (filter_.quantisation.per_channel()) {
            visit_int8<int8_per_channel>(activation, visit);
        } else {
            visit_int8<int8_per_tensor>(activation, visit);
        }
    }

private:
    int channels() const { return filter_.shape[axis_]; }
    std::vector<float> float_bias() const;
    /// With -input_zero_point * (sum of the channel's filter) folded in.
    std::vector<std::int32_t> folded_bias() const;
    std::vector<fixed_point> rescale_factors() const;
    bool check_sums(operation_checker const& ask) const;

    /// Calls visit(channel, weight less the zero point) for each weight of an int8 filter.
    template <class Visit>
    void for_each_weight(Visit visit) const;

    template <class Scheme, class Visit>
    void visit_int8(activation_function activation, Visit visit) const {
        auto const bias = folded_bias();
        auto const rescale = rescale_factors();
        visit(filter_bank<Scheme>{filter_.values<std::int8_t>().data(), bias.data(), rescale.data(), in_.activation_quantisation().zero_point,
                                  Scheme::output_of(out_.activation_quantisation(), activation)});
    }

    tensor_description const& in_;
    tensor_description const& filter_;
    tensor_description const* bias_;
    tensor_description const& out_;
    int axis_;
    rescale_rule rescale_;
    int filter_zero_point_;
};

}  // namespace inlay::tool
