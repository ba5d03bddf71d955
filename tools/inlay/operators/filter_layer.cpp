// SPDX-License-Identifier: MIT
#include "operators/filter_layer.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <limits>

namespace inlay::tool {

double convolution_rescale(float in, float filter, float out) { return double{in} * double{filter} / double{out}; }

template <class Visit>
void filter_layer::for_each_weight(Visit visit) const {
    std::size_t inner = 1;
    for (int axis = axis_ + 1; axis < filter_.shape.rank; ++axis) inner *= static_cast<std::size_t>(filter_.shape[axis]);
    auto const values = filter_.values<std::int8_t>();
    for (std::size_t i = 0; i < values.size(); ++i) visit(i / inner % static_cast<std::size_t>(channels()), values[i] - filter_zero_point_);
}

bool filter_layer::check(operation_checker const& ask) const {
    if (!ask.type(in_, {element_type::float32, element_type::int8}, "input")) return false;
    bool const is_float = in_.type == element_type::float32;
    if (!ask.type(filter_, {in_.type}, "filter") || !ask.type(out_, {in_.type}, "output")) return false;
    if (!ask.constant(filter_, "filter") || !ask.not_empty(in_, "input") || !ask.not_empty(filter_, "filter")) return false;
    if (bias_ != nullptr) {
        if (!ask.type(*bias_, {is_float ? element_type::float32 : element_type::int32}, "bias") || !ask.constant(*bias_, "bias")) return false;
        if (!ask.require(bias_->shape.size() == channels(), "the bias does not fit the filter",
                         fmt::format("\"{}\" has {} elements, the filter has {} output channels", bias_->name, bias_->shape.size(), channels()),
                         "export the model again; the file is damaged or was made by a faulty converter")) {
            return false;
        }
    }
    if (is_float) return true;
    auto const& scales = filter_.quantisation.scale;
    bool const fits = scales.size() == 1 || (scales.size() == static_cast<std::size_t>(channels()) && filter_.quantisation.axis == axis_);
    return ask.quantised(in_, "input") && ask.quantised(out_, "output") &&
           ask.require(fits, "the filter's quantisation does not fit its channels",
                       fmt::format("\"{}\" has {} scales on axis {}; inlay takes one, or {} on axis {}", filter_.name, scales.size(),
                                   filter_.quantisation.axis, channels(), axis_),
                       "convert the model again with int8 quantisation per tensor or per output channel") &&
           check_sums(ask);
}

bool filter_layer::check_sums(operation_checker const& ask) const {
    auto const bias = folded_bias();
    std::vector<std::int64_t> most(bias.size());
    for (std::size_t o = 0; o < most.size(); ++o) most[o] = std::abs(std::int64_t{bias[o]});
    for_each_weight([&](std::size_t channel, int weight) { most[channel] += 128 * std::abs(weight); });
    for (std::size_t o = 0; o < most.size(); ++o) {
        if (!ask.require(most[o] <= std::numeric_limits<std::int32_t>::max(), "a sum can overflow",
                         fmt::format("the sum of output channel {} can reach {}; a 32-bit accumulator holds 2147483647", o, most[o]),
                         "retrain or requantise: a bias this large belongs to a damaged or badly calibrated layer")) {
            return false;
        }
    }
    return true;
}

std::string filter_layer::scheme() const {
    if (filter_.type == element_type::float32) return "float32";
    return filter_.quantisation.per_channel() ? "int8_per_channel" : "int8_per_tensor";
}

std::vector<table_field> filter_layer::fields() const {
    if (filter_.type == element_type::float32) {
        return {{"filter", list_text(filter_.values<float>())}, {"bias", list_text(float_bias())}, {"rescale", "{}"}};
    }
    return {{"filter", literal_text(filter_.values<std::int8_t>())}, {"bias", list_text(folded_bias())}, {"rescale", list_text(rescale_factors())}};
}

std::vector<float> filter_layer::float_bias() const {
    if (bias_ == nullptr) return std::vector<float>(static_cast<std::size_t>(channels()));
    auto const values = bias_->values<float>();
    return {values.begin(), values.end()};
}

std::vector<std::int32_t> filter_layer::folded_bias() const {
    std::vector<std::int64_t> sums(static_cast<std::size_t>(channels()));
    for_each_weight([&](std::size_t channel, int weight) { sums[channel] += weight; });
    std::vector<std::int32_t> folded;
    for (std::size_t o = 0; o < sums.size(); ++o) {
        std::int64_t const start = bias_ == nullptr ? 0 : bias_->values<std::int32_t>()[o];
        // Modulo 2^32, as the reference adds; check_sums refuses a layer where that could matter.
        folded.push_back(static_cast<std::int32_t>(static_cast<std::uint32_t>(start - in_.activation_quantisation().zero_point * sums[o])));
    }
    return folded;
}

std::vector<fixed_point> filter_layer::rescale_factors() const {
    std::vector<fixed_point> factors;
    for (float const scale : filter_.quantisation.scale) {
        factors.push_back(to_fixed_point(rescale_(in_.activation_quantisation().scale, scale, out_.activation_quantisation().scale)));
    }
    return factors;
}

}  // namespace inlay::tool
