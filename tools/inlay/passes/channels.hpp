// SPDX-License-Identifier: MIT
//
// What is known of the channels of a model's tensors, and how each operator adds to it. A channel is an index on the last
// axis. Three facts suffice to take out what does not matter: the values a channel can have, whether anything needs it, and
// which channels of a tensor are equal. They are exact: the passes built on them change no bit of an integer model.
#pragma once

#include "model/graph.hpp"
#include "passes/changes.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {

class executor;

struct channel {
    double lowest;        ///< no element is ever below
    double highest;       ///< no element is ever above
    int label;            ///< channels of one tensor with one label hold the same numbers
    bool needed = false;  ///< an output of the model depends on it, or on there being so many channels

    bool is_constant() const { return lowest == highest; }
};

/// The channels of all tensors of a model.
class channel_table {
public:
    /// Any number the types can hold; no two channels equal. Those of constants are known.
    explicit channel_table(graph const& model);

    std::vector<channel>& of(int tensor) { return channels_[static_cast<std::size_t>(tensor)]; }
    std::vector<channel> const& of(int tensor) const { return channels_[static_cast<std::size_t>(tensor)]; }

    /// One label for one key. Channels with one value have the same label, whatever the key.
    int label(std::string const& key);
    void set_label(channel& of, std::string const& key);

    /// A channel is needed; `grew` says whether one was that was not.
    void need(int tensor, int index);
    void need_all(int tensor);
    bool grew() const { return grew_; }
    void clear_grew() { grew_ = false; }

    /// Takes constants in that were added to the model since; all of them is needed.
    void follow(graph const& model);

    /// The indices of the needed channels.
    std::vector<int> kept(int tensor) const;

private:
    void look_at_constant(tensor_description const& tensor, std::vector<channel>& channels);

    std::vector<std::vector<channel>> channels_;
    std::map<std::string, int> labels_;
    bool grew_ = false;
};

/// How the channels of an operator's inputs and outputs hang together. An operator without rules needs all, and makes any.
struct channel_rules {
    /// From the facts of the inputs, the values and labels of the outputs. `host` runs the operation on made-up inputs.
    void (*infer)(graph const& model, operation const& op, channel_table& table, executor& host);

    /// Marks what the needed channels of the outputs need, and channels that can only go together.
    void (*require)(graph const& model, operation const& op, channel_table& table);

    /// Rewrites the operation's constants so that it reads fewer channels; says whether it did. None: nothing to rewrite.
    bool (*simplify)(graph& model, operation& op, channel_table const& table, change_log& log);

    /// Cuts the operation's constants to the needed channels. The other tensors still have their old shapes.
    void (*keep)(graph& model, operation& op, channel_table const& table);
};

/// The rules of an operator; nullptr if it has none.
channel_rules const* rules_of(operation const& op);

/// The least and the largest number of an element type; infinite for floats.
double lowest_of(element_type type);
double highest_of(element_type type);

/// The bytes of a number as a part of a label's key.
template <class T>
void append_key(std::string& key, T value) {
    key.append(reinterpret_cast<char const*>(&value), sizeof value);
}

/// Values and labels of all channels of a model.
void infer_channels(graph const& model, channel_table& table);

/// Which channels are needed: those of the model's inputs, outputs and variables, and what follows from the operators.
void mark_needed_channels(graph const& model, channel_table& table);

}  // namespace inlay::tool
