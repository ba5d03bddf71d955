// SPDX-License-Identifier: MIT
#include "passes/filter_weights.hpp"

#include "passes/edit.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace inlay::tool {
namespace {

template <class T>
std::vector<double> doubles(std::span<T const> values) {
    return {values.begin(), values.end()};
}

template <class T>
void write(tensor_description& tensor, std::vector<double> const& values) {
    tensor.data.resize(values.size() * sizeof(T));
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const value = static_cast<T>(values[i]);
        std::memcpy(tensor.data.data() + i * sizeof(T), &value, sizeof(T));
    }
}

}  // namespace

filter_weights::filter_weights(graph const& model, operation const& op, filter_channels const& layer)
    : layer_{layer}, is_float_{model.in(op, 1).type == element_type::float32}, zero_point_{model.in(op, 0).activation_quantisation().zero_point},
      bias_(static_cast<std::size_t>(layer.outs)) {
    weights_ = is_float_ ? doubles(model.in(op, 1).values<float>()) : doubles(model.in(op, 1).values<std::int8_t>());
    if (is_float_) zero_point_ = 0;
    if (auto const* bias = model.optional_in(op, 2)) bias_ = is_float_ ? doubles(bias->values<float>()) : doubles(bias->values<std::int32_t>());
}

bool filter_weights::reads(int o, int c) const {
    for (int tap = 0; tap < layer_.taps(); ++tap) {
        if (weight(o, tap, c) != 0) return true;
    }
    return false;
}

bool filter_weights::is_zero(int o) const {
    for (int c = 0; c < layer_.depth; ++c) {
        if (reads(o, c)) return false;
    }
    return true;
}

void filter_weights::clear(int o, int c) {
    for (int tap = 0; tap < layer_.taps(); ++tap) set_weight(o, tap, c, 0);
}

std::vector<interval> filter_weights::taps_of(int o, std::vector<channel> const& in) const {
    std::vector<interval> taps(static_cast<std::size_t>(layer_.taps()));
    for (int tap = 0; tap < layer_.taps(); ++tap) {
        auto& of = taps[static_cast<std::size_t>(tap)] = {0, 0};
        for (int c = 0; c < layer_.depth; ++c) {
            double const w = weight(o, tap, c);
            if (w == 0) continue;  // also where the channel has no bounds
            auto const& x = in[static_cast<std::size_t>(layer_.channel(o, c))];
            double const a = w * (x.lowest - zero_point_);
            double const b = w * (x.highest - zero_point_);
            of.lowest += std::min(a, b);
            of.highest += std::max(a, b);
        }
    }
    return taps;
}

interval filter_weights::sums(int o, std::vector<channel> const& in) const {
    auto const taps = taps_of(o, in);
    interval all{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (auto const& rows : layer_.rows) {
        for (auto const& columns : layer_.columns) {
            interval sum{bias(o), bias(o)};
            for (int y = rows.first; y < rows.end; ++y) {
                for (int x = columns.first; x < columns.end; ++x) {
                    auto const& tap = taps[static_cast<std::size_t>(y * layer_.filter_w + x)];
                    sum.lowest += tap.lowest;
                    sum.highest += tap.highest;
                }
            }
            all.lowest = std::min(all.lowest, sum.lowest);
            all.highest = std::max(all.highest, sum.highest);
        }
    }
    return all;
}

std::optional<double> filter_weights::constant_part(int o, int c, double value) const {
    if (value == zero_point_) return 0;
    std::optional<double> part;
    for (auto const& rows : layer_.rows) {
        for (auto const& columns : layer_.columns) {
            double sum = 0;
            for (int y = rows.first; y < rows.end; ++y) {
                for (int x = columns.first; x < columns.end; ++x) sum += weight(o, y * layer_.filter_w + x, c);
            }
            if (part && *part != sum) return {};
            part = sum;
        }
    }
    return part ? std::optional{*part * (value - zero_point_)} : std::nullopt;
}

bool filter_weights::fits(int o) const {
    if (is_float_) return std::isfinite(static_cast<float>(bias(o)));
    double sum = 0;
    double size = 0;
    for (int c = 0; c < layer_.depth; ++c) {
        for (int tap = 0; tap < layer_.taps(); ++tap) {
            sum += weight(o, tap, c);
            size += std::abs(weight(o, tap, c));
        }
    }
    constexpr double most = std::numeric_limits<std::int32_t>::max();
    return std::abs(bias(o)) <= most && std::abs(bias(o) - zero_point_ * sum) + 128 * size <= most;
}

void filter_weights::store(graph& model, operation& op) const {
    auto& filter = own_constant(model, op, 1);
    is_float_ ? write<float>(filter, weights_) : write<std::int8_t>(filter, weights_);
    bool const has_bias = model.optional_in(op, 2) != nullptr;
    if (!has_bias && std::ranges::all_of(bias_, [](double b) { return b == 0; })) return;
    if (!has_bias) {
        op.inputs.resize(3, operation::absent);
        auto const type = is_float_ ? element_type::float32 : element_type::int32;
        op.inputs[2] = add_constant(model, model.in(op, 1).name + "/bias", type, inlay::shape{layer_.outs}, {});
        if (!is_float_) {
            auto& quantisation = tensor_at(model, op.inputs[2]).quantisation;
            for (float const scale : model.in(op, 1).quantisation.scale) quantisation.scale.push_back(scale * model.in(op, 0).quantisation.scale[0]);
            quantisation.zero_point.assign(quantisation.scale.size(), 0);
        }
    }
    auto& bias = own_constant(model, op, 2);
    is_float_ ? write<float>(bias, bias_) : write<std::int32_t>(bias, bias_);
}

}  // namespace inlay::tool
