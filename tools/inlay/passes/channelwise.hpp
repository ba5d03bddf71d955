// SPDX-License-Identifier: MIT
//
// The rules of operators that treat all channels alike: each makes a channel of its output from certain channels of its inputs,
// by one and the same function. An operator only says from which.
#pragma once

#include "passes/channels.hpp"

#include <optional>
#include <vector>

namespace inlay::tool {

/// Output channel `out` is made from channel `in` of an operand.
struct channel_edge {
    int operand;
    int in;
    int out;
    int position = 0;     ///< which part of the input channel; only like parts are the same function
    bool shared = false;  ///< one channel that serves all of the output's, however many there are
};

/// The edges of an operation, those to one output channel in the order of operands; nothing if its channels mix.
using channel_mapper = std::optional<std::vector<channel_edge>> (*)(graph const& model, operation const& op);

/// What is known of the function of each element.
enum class channel_function {
    monotone,  ///< in every argument, rising or falling
    any
};

void infer_channelwise(graph const& model, operation const& op, channel_table& table, executor& host,
                       std::optional<std::vector<channel_edge>> const& edges, channel_function function);
void require_channelwise(graph const& model, operation const& op, channel_table& table, std::optional<std::vector<channel_edge>> const& edges);
void keep_channelwise(graph& model, operation& op, channel_table const& table, std::optional<std::vector<channel_edge>> const& edges);

template <channel_mapper Map, channel_function Function>
inline constexpr channel_rules channelwise{
    .infer = [](graph const& model, operation const& op, channel_table& table,
                executor& host) { infer_channelwise(model, op, table, host, Map(model, op), Function); },
    .require = [](graph const& model, operation const& op, channel_table& table) { require_channelwise(model, op, table, Map(model, op)); },
    .simplify = nullptr,
    .keep = [](graph& model, operation& op, channel_table const& table) { keep_channelwise(model, op, table, Map(model, op)); }};

/// Channel k is made from channel k of operand 0.
std::optional<std::vector<channel_edge>> same_channels(graph const& model, operation const& op);

/// The same elements in the same order under another shape.
std::optional<std::vector<channel_edge>> reshaped_channels(graph const& model, operation const& op);

/// Two operands that may be repeated along axes.
std::optional<std::vector<channel_edge>> broadcast_channels(graph const& model, operation const& op);

}  // namespace inlay::tool
