// SPDX-License-Identifier: MIT
#include "model/names.hpp"

#include "model/reserved.hpp"
#include "model/streaming.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <map>
#include <optional>
#include <ranges>

namespace inlay::tool {
namespace {

constexpr std::size_t longest = 40;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

std::string_view without_suffix(std::string_view text, std::string_view suffix) {
    return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text;
}

/// "activation_3" and "depthwise2" without their number: what converters append to tell copies apart.
std::string_view without_number(std::string_view text) {
    std::size_t end = text.size();
    while (end > 0 && is_digit(text[end - 1])) --end;
    if (end == text.size() || end == 0) return text;
    if (text[end - 1] == '_') --end;
    return text.substr(0, end);
}

template <class Words>
bool is_one_of(std::string_view text, Words const& words) {
    return std::ranges::find(words, text) != std::ranges::end(words);
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (std::size_t end = 0; end != text.npos;) {
        end = text.find(at);
        if (end != 0 && !text.empty()) parts.push_back(text.substr(0, end));
        if (end != text.npos) text.remove_prefix(end + 1);
    }
    return parts;
}

/// Scopes that every model has: they tell nothing apart.
bool is_scope(std::string_view component) {
    static constexpr std::array<std::string_view, 12> scopes = {
        "model", "sequential", "functional", "main", "keras", "StatefulPartitionedCall", "PartitionedCall", "Identity", "serving_default",
        "output", "input", "args"};
    static constexpr std::array<std::string_view, 4> prefixes = {"tfl.", "arith.constant", "pseudo_qconst", "tf."};
    return is_one_of(without_number(component), scopes) ||
           std::ranges::any_of(prefixes, [&](std::string_view prefix) { return component.starts_with(prefix); });
}

/// What TensorFlow appends to a layer's name for the operators the layer consists of.
bool is_part_of_layer(std::string_view component) {
    static constexpr std::array<std::string_view, 28> parts = {
        "BiasAdd", "ReadVariableOp", "resource", "read",    "MatMul",  "Conv2D",           "depthwise", "Relu",     "Relu6", "FusedBatchNorm",
        "Reshape", "AvgPool",        "MaxPool",  "Mean",    "Softmax", "Sigmoid",          "Tanh",      "LeakyRelu", "Pad",  "Transpose",
        "Squeeze", "add",            "AddV2",    "Add",     "mul",     "FusedBatchNormV3", "Const",     "shape"};
    return is_one_of(component, parts) || is_one_of(without_number(component), parts);
}

/// Layers that a converter merges into the one before them, and which give it no name.
bool is_auxiliary(std::string_view component) {
    static constexpr std::array<std::string_view, 8> auxiliary = {"activation", "batch_normalization", "re_lu",  "relu",
                                                                  "batch_norm", "dropout",             "re_lu6", "relu6"};
    return is_one_of(without_number(component), auxiliary);
}

/// Whether a layer's name fits an operator.
bool suits(std::string_view component, std::string_view kind) {
    auto const has = [&](std::string_view word) { return component.find(word) != component.npos; };
    if (kind == "CONV_2D") return has("conv") && !has("depthwise");
    if (kind == "DEPTHWISE_CONV_2D") return has("depthwise") || has("dw");
    if (kind == "FULLY_CONNECTED") return has("dense") || has("fc") || has("logits") || has("fully_connected");
    return false;
}

/// The components of a path that say something, in snake_case. A layer's output loses the operators it consists of: "dense/BiasAdd" is
/// `dense`, and a lone "Relu" says nothing, but of an operator RELU.
///   kind   the operator that makes the tensor, "" for an input, nothing for a constant
std::vector<std::string> meaningful(std::string_view path, std::optional<std::string_view> kind) {
    std::vector<std::string_view> components = split(path.substr(0, path.find(':')), '/');
    std::erase_if(components, [](std::string_view component) { return is_scope(component); });
    if (kind) {
        while (components.size() > 1 && is_part_of_layer(components.back())) components.pop_back();
        if (components.size() == 1 && is_part_of_layer(components[0]) && snake_case(without_number(components[0])) != snake_case(*kind)) return {};
    }
    constexpr std::size_t most = 6;
    if (components.size() > most) components.erase(components.begin(), components.end() - most);
    std::vector<std::string> words;
    for (std::string_view const component : components) {
        if (std::string word = snake_case(component); !word.empty()) words.push_back(std::move(word));
    }
    return words;
}

/// The name without what converters append when they change the type of a model's inputs and outputs.
std::string_view without_type(std::string_view name) {
    for (std::string_view const type : {"_int8", "_uint8", "_int16", "_float"}) name = without_suffix(name, type);
    return name;
}

/// Operators that were merged into one have their paths in its name, with semicolons: the path of the one that gives the name.
std::vector<std::string> best_path(std::string_view name, std::optional<std::string_view> kind) {
    std::vector<std::string> best;
    int best_rank = 0;
    for (std::string_view const part : split(name, ';')) {
        std::vector<std::string> path = meaningful(without_prefix(part, "serving_default_"), kind);
        if (path.empty()) continue;
        int const rank = kind && suits(path.back(), *kind) ? 3 : is_auxiliary(path.back()) ? 1 : 2;
        if (rank > best_rank) {
            best_rank = rank;
            best = std::move(path);
        }
    }
    return best;
}

/// The last `count` components, joined; from the left as many characters as fit.
std::string tail(std::vector<std::string> const& path, std::size_t count) {
    std::string joined;
    for (std::size_t i = path.size() - std::min(count, path.size()); i < path.size(); ++i) joined += (joined.empty() ? "" : "_") + path[i];
    if (joined.size() > longest) joined.resize(longest);
    while (joined.ends_with('_')) joined.pop_back();
    return joined;
}

/// What inlay calls an operator: `conv2d` for "CONV_2D", the name behind "CUSTOM:" for custom ones.
std::string layer_type(std::string_view kind) {
    std::string name = snake_case(kind.substr(kind.find(':') + 1));
    if (std::size_t const at = name.find("_2d"); at != name.npos) name.erase(at, 1);
    return name.empty() ? "operator" : name;
}

bool looks_like_image(shape const& of) {
    return of.rank == 4 && of.h() > 1 && (of.c() == 3 || of.c() == 4 || (of.c() == 1 && of.h() == of.w()));
}

/// What a name is made from: the model's words for a tensor, and what to call it if there are none.
struct naming {
    std::vector<std::string> path;
    std::string otherwise;
};

/// The naming of every tensor, in the order of the tensors.
std::vector<naming> find_words(graph const& model) {
    std::vector<naming> words(model.tensors.size());
    auto const at = [&](int tensor) -> naming& { return words[static_cast<std::size_t>(tensor)]; };
    auto const description = [&](int tensor) -> tensor_description const& { return model.tensors[static_cast<std::size_t>(tensor)]; };

    for (std::size_t i = 0; i < words.size(); ++i) words[i] = {best_path(model.tensors[i].name, std::nullopt), fmt::format("tensor_{}", i)};
    int i = 0;
    for_each_layer(model, [&](operation const& by) {
        std::string_view const kind = by.kind;
        std::string const name = layer_type(kind);
        bool const scores = kind == "SOFTMAX" || kind == "LOGISTIC";
        for (int const output : by.outputs) {
            bool const is_result = std::ranges::find(model.outputs, output) != model.outputs.end();
            std::string_view const name_in_model = description(output).name;
            at(output) = {best_path(is_result ? without_type(name_in_model) : name_in_model, kind),
                          is_result ? (scores ? "scores" : "prediction") : fmt::format("{}_{}", name, i)};
        }
        ++i;
    });
    for (int const input : model.inputs) {
        at(input) = {best_path(without_type(description(input).name), ""), looks_like_image(description(input).shape) ? "image" : "features"};
    }
    return words;
}

/// The names of one generated header.
class name_pool {
public:
    /// A name that nobody has yet, no keyword and none of inlay's own: `wanted`, or `wanted` with a number.
    std::string take(std::string const& wanted) {
        if (!is_reserved(wanted) && next_number_.try_emplace(wanted, 1).second) return wanted;
        // Keras counts conv2d, conv2d_1, conv2d_2: what may not be called conv2d becomes conv2d_0.
        int& number = next_number_.try_emplace(wanted, 0).first->second;
        for (;;) {
            std::string name = fmt::format("{}_{}", wanted, number++);
            if (!is_reserved(name) && next_number_.try_emplace(name, 1).second) return name;
        }
    }

private:
    /// A layer's tables are called after it, with the ending "_weights".
    static bool is_reserved(std::string_view name) { return is_keyword(name) || is_inlay_name(name) || name.ends_with("_weights"); }

    std::map<std::string, int> next_number_;  ///< by the names that are taken: what to append when they are wanted again
};

}  // namespace

std::string snake_case(std::string_view text) {
    std::string name;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (!is_upper(c) && !is_lower(c) && !is_digit(c)) {
            if (!name.empty() && name.back() != '_') name += '_';
            continue;
        }
        // A word starts at an upper-case letter after a lower-case one, and at the last of several that lead a lower-case one: RGBImage.
        bool const after_lower = i > 0 && is_lower(text[i - 1]);
        bool const ends_capitals = i > 0 && is_upper(text[i - 1]) && i + 1 < text.size() && is_lower(text[i + 1]);
        if (is_upper(c) && (after_lower || ends_capitals)) name += '_';
        if (name.empty() && is_digit(c)) name = "n";
        name += to_lower(c);
    }
    while (name.ends_with('_')) name.pop_back();
    return name;
}

std::string namespace_from(std::string_view stem) {
    std::string name = snake_case(stem.substr(0, longest));
    if (name.empty()) name = "unnamed";
    bool const reserved = (is_keyword(name) && name != "model") || is_inlay_name(name) || is_declared_globally(name) || name == "inlay";
    return reserved ? name + "_model" : name;
}

bool is_identifier(std::string_view text) {
    auto const is_part = [](char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_'; };
    return !text.empty() && !is_digit(text[0]) && std::ranges::all_of(text, is_part) && !is_keyword(text);
}

std::vector<std::string> node_names(graph const& model) {
    std::vector<naming> const words = find_words(model);

    // A tensor takes as many components of its path as tell it from all others.
    std::vector<std::string> wanted(words.size());
    std::vector<std::size_t> length(words.size(), 1);
    for (bool changed = true; changed;) {
        std::map<std::string, int> users;
        for (std::size_t i = 0; i < words.size(); ++i) {
            wanted[i] = words[i].path.empty() ? words[i].otherwise : tail(words[i].path, length[i]);
            ++users[wanted[i]];
        }
        changed = false;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (users[wanted[i]] > 1 && length[i] < words[i].path.size()) {
                ++length[i];
                changed = true;
            }
        }
    }

    // Inputs and layers choose before constants.
    name_pool names;
    std::vector<std::string> chosen(words.size());
    auto const choose = [&](std::size_t tensor) {
        if (chosen[tensor].empty()) chosen[tensor] = names.take(wanted[tensor]);
    };
    for (int const input : model.inputs) choose(static_cast<std::size_t>(input));
    for_each_layer(model, [&](operation const& by) {
        for (int const output : by.outputs) choose(static_cast<std::size_t>(output));
    });
    for (std::size_t i = 0; i < words.size(); ++i) choose(i);
    return chosen;
}

}  // namespace inlay::tool
