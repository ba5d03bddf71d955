// SPDX-License-Identifier: MIT
//
// The numbers of a layer with a constant filter, as doubles: they hold int8 weights, int32 biases and sums of both exactly, so
// that one piece of code reasons about integers and floats.
#pragma once

#include "model/graph.hpp"
#include "passes/channels.hpp"
#include "passes/filter_channels.hpp"

#include <cstdint>
#include <vector>

namespace inlay::tool {

struct interval {
    double lowest;
    double highest;
};

class filter_weights {
public:
    filter_weights(graph const& model, operation const& op, filter_channels const& layer);

    double weight(int o, int tap, int c) const { return weights_[static_cast<std::size_t>(layer_.index(o, tap, c))]; }
    void set_weight(int o, int tap, int c, double value) { weights_[static_cast<std::size_t>(layer_.index(o, tap, c))] = value; }
    double bias(int o) const { return bias_[static_cast<std::size_t>(o)]; }
    void set_bias(int o, double value) { bias_[static_cast<std::size_t>(o)] = value; }
    int zero_point() const { return zero_point_; }

    bool reads(int o, int c) const;
    bool is_zero(int o) const;
    void clear(int o, int c);

    /// The sum of output o, before it is scaled, over all border classes.
    interval sums(int o, std::vector<channel> const& in) const;

    /// What a constant input channel adds to output o, if it is the same at the image's borders.
    std::optional<double> constant_part(int o, int c, double value) const;

    /// Whether output o's sum stays within an int32 for any input, in any order of adding.
    bool fits(int o) const;

    /// Writes the numbers back into the operation's constants, which become its own.
    void store(graph& model, operation& op) const;

private:
    std::vector<interval> taps_of(int o, std::vector<channel> const& in) const;

    filter_channels const& layer_;
    bool is_float_;
    int zero_point_;
    std::vector<double> weights_;
    std::vector<double> bias_;
};

}  // namespace inlay::tool
