// SPDX-License-Identifier: MIT
//
// A model of one operation, made by hand, to be damaged and checked.
#pragma once

#include "model/graph.hpp"
#include "operators/operator.hpp"

#include <doctest/doctest.h>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace inlay::tool::tests {

class one_operation {
public:
    one_operation(std::string kind, operator_options options) {
        auto& made = graph_.operations.emplace_back();
        made.location = "operator 0, " + kind;
        made.kind = std::move(kind);
        made.options = std::move(options);
    }

    /// Adds a tensor; it is the operation's next input unless it is its output.
    one_operation& input(element_type type, shape const& extents, affine quantisation = {}) {
        op().inputs.push_back(add(type, extents, quantisation));
        return *this;
    }
    one_operation& output(element_type type, shape const& extents, affine quantisation = {}) {
        op().outputs.push_back(add(type, extents, quantisation));
        return *this;
    }
    /// An input whose numbers are known.
    template <class T>
    one_operation& constant(element_type type, shape const& extents, std::vector<T> const& numbers, affine quantisation = {}) {
        input(type, extents, quantisation);
        auto& made = graph_.tensors.back();
        made.is_constant = true;
        auto const bytes = std::as_bytes(std::span{numbers});
        made.data.assign(bytes.begin(), bytes.end());
        return *this;
    }

    operation& op() { return graph_.operations[0]; }
    tensor_description& in(std::size_t k) { return graph_.tensors[static_cast<std::size_t>(op().inputs[k])]; }
    tensor_description& out() { return graph_.tensors[static_cast<std::size_t>(op().outputs[0])]; }
    template <class Options>
    Options& options() {
        return std::get<Options>(op().options);
    }

    /// What the operator's check says; nothing if all is well.
    std::string problems() {
        report found{"model.tflite"};
        find_operator(op().kind)->check(graph_, op(), found);
        return found.empty() ? "" : found.text();
    }

private:
    int add(element_type type, shape const& extents, affine quantisation) {
        auto& tensor = graph_.tensors.emplace_back();
        tensor.name = "tensor" + std::to_string(graph_.tensors.size() - 1);
        tensor.type = type;
        tensor.shape = extents;
        if (quantisation.scale != 0) tensor.quantisation = {{quantisation.scale}, {quantisation.zero_point}, 0};
        return static_cast<int>(graph_.tensors.size()) - 1;
    }

    graph graph_;
};

/// Checks that a good model, once damaged, is refused with these words.
template <class Damage>
void check_refused(one_operation good, std::string const& words, Damage damage) {
    CAPTURE(words);
    REQUIRE(good.problems() == "");
    damage(good);
    auto const said = good.problems();
    CAPTURE(said);
    CHECK(said.find(words) != said.npos);
}

}  // namespace inlay::tool::tests
