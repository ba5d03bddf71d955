// SPDX-License-Identifier: MIT
#include "passes/filter_channels.hpp"

#include "passes/edit.hpp"
#include "passes/filter_weights.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>

namespace inlay::tool {

std::vector<tap_run> tap_runs(int positions, int extent, int taps, int stride, int dilation, int before) {
    std::vector<tap_run> runs;
    for (int position = 0; position < positions; ++position) {
        std::int64_t const start = std::int64_t{position} * stride - before;
        // The taps t with 0 <= start + t * dilation < extent.
        std::int64_t const first = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
        std::int64_t const end = start >= extent ? 0 : (extent - start + dilation - 1) / dilation;
        tap_run run{static_cast<int>(std::min<std::int64_t>(first, taps)), static_cast<int>(std::min<std::int64_t>(end, taps))};
        if (run.end <= run.first) run = {0, 0};
        if (std::ranges::find(runs, run) == runs.end()) runs.push_back(run);
    }
    return runs;
}

std::optional<filter_channels> channels_of(filter_layer layer, activation_function activation, conv2d_geometry const& g) {
    bool const is_depthwise = g.filter.c() == 1 && g.in.c() > 1;
    if (!is_depthwise && g.groups() > 1) return {};
    return filter_channels{.layer = layer,
                           .activation = activation,
                           .outs = g.out.c(),
                           .depth = g.filter.c(),
                           .outs_per_group = g.out.c() / g.groups(),
                           .rows = tap_runs(g.out.h(), g.in.h(), g.filter.h(), g.stride_h, g.dilation_h, g.pad_top),
                           .columns = tap_runs(g.out.w(), g.in.w(), g.filter.w(), g.stride_w, g.dilation_w, g.pad_left),
                           .filter_h = g.filter.h(),
                           .filter_w = g.filter.w(),
                           .step_out = g.filter.h() * g.filter.w() * g.filter.c(),
                           .step_tap = g.filter.c(),
                           .step_in = 1,
                           .out_axis = 0,
                           .in_axis = is_depthwise ? -1 : 3};
}

filter_channels channels_of(filter_layer layer, activation_function activation, depthwise_conv2d_geometry const& g) {
    return {.layer = layer,
            .activation = activation,
            .outs = g.out.c(),
            .depth = 1,
            .outs_per_group = g.multiplier(),
            .rows = tap_runs(g.out.h(), g.in.h(), g.filter.h(), g.stride_h, g.dilation_h, g.pad_top),
            .columns = tap_runs(g.out.w(), g.in.w(), g.filter.w(), g.stride_w, g.dilation_w, g.pad_left),
            .filter_h = g.filter.h(),
            .filter_w = g.filter.w(),
            .step_out = 1,
            .step_tap = g.filter.c(),
            .step_in = 0,
            .out_axis = 3,
            .in_axis = -1};
}

namespace {

/// Filters with this many border classes are not looked at: none that was trained has.
bool is_too_large(filter_channels const& layer) {
    auto const classes = static_cast<double>(layer.rows.size()) * static_cast<double>(layer.columns.size());
    return classes * layer.taps() * layer.outs > 1e9 || classes == 0;
}

/// The results of the sums in an interval.
template <weight_bank Bank>
interval finish(Bank const& bank, int o, interval sums) {
    using scheme = typename Bank::scheme;
    if constexpr (std::is_same_v<scheme, float32>) {
        return {std::max(sums.lowest, double{bank.output.lowest}), std::min(sums.highest, double{bank.output.highest})};
    } else {
        interval const any{double(bank.output.lowest), double(bank.output.highest)};
        auto const& factor = bank.rescale[scheme::rescales(2) == 1 ? 0 : o];
        double const most = std::max(std::abs(sums.lowest), std::abs(sums.highest)) * std::exp2(std::max(factor.shift, 0));
        // Scaling is monotone as long as nothing overflows.
        if (!(most <= std::numeric_limits<std::int32_t>::max()) || factor.multiplier < 0) return any;
        return {double(bank.finish(static_cast<std::int32_t>(sums.lowest), o)), double(bank.finish(static_cast<std::int32_t>(sums.highest), o))};
    }
}

/// What a sum passes through after the weights: a part of the label.
template <weight_bank Bank>
void append_finish(std::string& key, Bank const& bank, int o) {
    using scheme = typename Bank::scheme;
    if constexpr (!std::is_same_v<scheme, float32>) append_key(key, bank.rescale[scheme::rescales(2) == 1 ? 0 : o]);
}

}  // namespace

void infer_filter(graph const& model, operation const& op, channel_table& table, std::optional<filter_channels> const& layer) {
    if (!layer || is_too_large(*layer)) return;
    auto const& in = table.of(op.inputs[0]);
    auto& out = table.of(op.outputs[0]);
    filter_weights const weights{model, op, *layer};
    layer->layer.with_bank(layer->activation, [&](auto const& bank) {
        for (int o = 0; o < layer->outs; ++o) {
            auto& of = out[static_cast<std::size_t>(o)];
            auto const results = finish(bank, o, weights.sums(o, in));
            // A float that is clamped from both sides of nothing: infinities that met.
            if (results.lowest <= results.highest) of.lowest = results.lowest, of.highest = results.highest;
            std::string key = "operation";
            append_key(key, op.outputs[0]);
            append_key(key, weights.bias(o));
            append_finish(key, bank, o);
            for (int c = 0; c < layer->depth; ++c) {
                if (!weights.reads(o, c)) continue;
                append_key(key, in[static_cast<std::size_t>(layer->channel(o, c))].label);
                // Of channels that are not equal the place matters as well: the label tells them apart.
                for (int tap = 0; tap < layer->taps(); ++tap) append_key(key, weights.weight(o, tap, c));
            }
            table.set_label(of, key);
        }
    });
}

void require_filter(graph const& model, operation const& op, channel_table& table, std::optional<filter_channels> const& layer) {
    if (!layer) {
        for (int const t : op.inputs) {
            if (t != operation::absent) table.need_all(t);
        }
        table.need_all(op.outputs[0]);
        return;
    }
    filter_weights const weights{model, op, *layer};
    auto const needed = [&](int t, int c) { return table.of(t)[static_cast<std::size_t>(c)].needed; };
    // Every input channel has as many outputs as the others. A single one is free: a depthwise convolution of it is a convolution.
    bool const go_together = layer->is_depthwise() && table.of(op.inputs[0]).size() > 1;
    for (int o = 0; o < layer->outs; ++o) {
        for (int c = 0; c < layer->depth; ++c) {
            int const from = layer->channel(o, c);
            if (needed(op.outputs[0], o) && !needed(op.inputs[0], from) && (layer->is_depthwise() || weights.reads(o, c))) table.need(op.inputs[0], from);
            if (go_together && needed(op.inputs[0], from)) table.need(op.outputs[0], o);
        }
    }
    // With one scale left a filter counts as quantised per tensor, for which FULLY_CONNECTED rounds its factor otherwise.
    if (op.kind == "FULLY_CONNECTED" && model.in(op, 1).quantisation.per_channel() && table.kept(op.outputs[0]).size() == 1) {
        table.need(op.outputs[0], needed(op.outputs[0], 0) ? 1 : 0);
    }
}

namespace {

/// Outputs that are constant read nothing any more: their bias alone gives the value.
int clear_constant_outputs(filter_weights& weights, filter_channels const& layer, std::vector<channel> const& in, std::vector<channel> const& out) {
    int cleared = 0;
    for (int o = 0; o < layer.outs; ++o) {
        if (!out[static_cast<std::size_t>(o)].is_constant() || weights.is_zero(o)) continue;
        double const sum = weights.sums(o, in).lowest;
        if (!std::isfinite(sum)) continue;  // a float that the activation clamps: any sum might be the lowest
        for (int c = 0; c < layer.depth; ++c) weights.clear(o, c);
        weights.set_bias(o, sum);
        ++cleared;
    }
    return cleared;
}

/// Constant input channels move into the biases, one output at a time: borders may forbid it for some.
std::vector<int> fold_constant_inputs(filter_weights& weights, filter_channels const& layer, std::vector<channel> const& in) {
    std::vector<int> folded;  // each once
    for (int o = 0; o < layer.outs; ++o) {
        for (int c = 0; c < layer.depth; ++c) {
            int const from = layer.channel(o, c);
            auto const& x = in[static_cast<std::size_t>(from)];
            if (!x.is_constant() || !weights.reads(o, c)) continue;
            auto const part = weights.constant_part(o, c, x.lowest);
            if (!part) continue;
            std::vector<double> taps;
            for (int tap = 0; tap < layer.taps(); ++tap) taps.push_back(weights.weight(o, tap, c));
            weights.set_bias(o, weights.bias(o) + *part);
            weights.clear(o, c);
            if (weights.fits(o)) {
                if (std::ranges::find(folded, from) == folded.end()) folded.push_back(from);
            } else {
                weights.set_bias(o, weights.bias(o) - *part);
                for (int tap = 0; tap < layer.taps(); ++tap) weights.set_weight(o, tap, c, taps[static_cast<std::size_t>(tap)]);
            }
        }
    }
    std::ranges::sort(folded);
    return folded;
}

/// Reads channel `into` with the weights of both; says whether the sums of weights are weights.
bool merge_input(filter_weights& weights, filter_channels const& layer, int into, int from, bool is_float) {
    for (int o = 0; o < layer.outs; ++o) {
        for (int tap = 0; tap < layer.taps(); ++tap) {
            double const sum = weights.weight(o, tap, into) + weights.weight(o, tap, from);
            if (is_float ? !std::isfinite(static_cast<float>(sum)) : std::abs(sum) > 127) return false;
        }
    }
    for (int o = 0; o < layer.outs; ++o) {
        for (int tap = 0; tap < layer.taps(); ++tap) {
            weights.set_weight(o, tap, into, weights.weight(o, tap, into) + weights.weight(o, tap, from));
        }
        weights.clear(o, from);
    }
    return true;
}

/// Equal input channels become one that is read with the sum of their weights.
std::vector<int> merge_equal_inputs(filter_weights& weights, filter_channels const& layer, std::vector<channel> const& in, bool is_float) {
    std::vector<int> merged;
    std::map<int, std::vector<int>> read;  // by label
    for (int c = 0; c < layer.depth; ++c) {
        bool used = false;
        for (int o = 0; !used && o < layer.outs; ++o) used = weights.reads(o, c);
        if (!used) continue;
        auto& twins = read[in[static_cast<std::size_t>(c)].label];
        if (std::ranges::any_of(twins, [&](int twin) { return merge_input(weights, layer, twin, c, is_float); })) {
            merged.push_back(c);
        } else {
            twins.push_back(c);
        }
    }
    return merged;
}

}  // namespace

bool simplify_filter(graph& model, operation& op, channel_table const& table, change_log& log, filter_mapper map) {
    auto const layer = map(model, op);
    if (!layer || is_too_large(*layer)) return false;
    auto const& in = table.of(op.inputs[0]);
    filter_weights weights{model, op, *layer};
    int const cleared = clear_constant_outputs(weights, *layer, in, table.of(op.outputs[0]));
    auto const folded = fold_constant_inputs(weights, *layer, in);
    bool const is_float = model.in(op, 0).type == element_type::float32;
    auto const merged = layer->is_plain() ? merge_equal_inputs(weights, *layer, in, is_float) : std::vector<int>{};
    if (cleared == 0 && folded.empty() && merged.empty()) return false;
    weights.store(model, op);
    if (!folded.empty()) log.push_back({op.location, fmt::format("constant input channels {} added to the bias", list_of(folded))});
    if (!merged.empty()) log.push_back({op.location, fmt::format("input channels {} are equal to others and read with those", list_of(merged))});
    return true;
}

void keep_filter(graph& model, operation& op, channel_table const& table, std::optional<filter_channels> const& layer) {
    if (!layer) return;
    auto const outs = table.kept(op.outputs[0]);
    auto const ins = table.kept(op.inputs[0]);
    bool const same_outs = outs.size() == static_cast<std::size_t>(layer->outs);
    if (same_outs && (layer->is_depthwise() || ins.size() == static_cast<std::size_t>(layer->depth))) return;
    auto& filter = own_constant(model, op, 1);
    slice_constant(filter, layer->out_axis, outs);
    if (!layer->is_depthwise()) {
        // The taps of a fully connected layer lie on the same axis.
        int const repeats = filter.shape[layer->in_axis] / layer->depth;
        std::vector<int> indices;
        for (int r = 0; r < repeats; ++r) {
            for (int const c : ins) indices.push_back(r * layer->depth + c);
        }
        slice_constant(filter, layer->in_axis, indices);
    }
    if (model.optional_in(op, 2) != nullptr && !same_outs) {
        auto& bias = own_constant(model, op, 2);
        bias.shape = inlay::shape{layer->outs};  // whatever axes it has
        slice_constant(bias, 0, outs);
    }
}

}  // namespace inlay::tool
