// SPDX-License-Identifier: MIT
//
// The questions that operators ask of their tensors in the same words.
#pragma once

#include "model/graph.hpp"
#include "report.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace inlay::tool {

/// Asks questions of one operation, and reports the answers that are problems. Each question says whether all is well,
/// so that a check can stop where the next question would make no sense.
class operation_checker {
public:
    operation_checker(graph const& model, operation const& op, report& problems) : model_{model}, op_{op}, problems_{problems} {}

    /// The operation has so many inputs (absent ones at the end may be left out) and outputs, and those are there.
    bool counts(std::size_t least_inputs, std::size_t most_inputs, std::size_t outputs = 1) const;

    /// Input k is there.
    bool has_input(std::size_t k) const { return model_.optional_in(op_, k) != nullptr; }

    tensor_description const& in(std::size_t k) const { return model_.in(op_, k); }
    tensor_description const& out(std::size_t k = 0) const { return model_.out(op_, k); }

    bool type(tensor_description const& tensor, std::initializer_list<element_type> accepted, std::string_view role) const;
    bool rank(tensor_description const& tensor, int least, int most, std::string_view role) const;
    /// The tensor has elements: no extent is zero.
    bool not_empty(tensor_description const& tensor, std::string_view role) const;
    bool constant(tensor_description const& tensor, std::string_view role) const;
    /// An int8 tensor has one scale and one zero point; other types need none.
    bool quantised(tensor_description const& tensor, std::string_view role) const;
    /// The model's shape of output k is the one the operator computes.
    bool makes(inlay::shape const& computed, std::size_t k = 0) const;
    /// The output has the same elements in rows as long as the input's.
    bool keeps_rows() const;
    /// Strides and dilations of a sliding window are at least 1, and no larger than any image.
    bool window(int stride_h, int stride_w, int dilation_h = 1, int dilation_w = 1) const;
    /// A filter of such taps, so far apart, is no larger than any image.
    bool reach(int taps_h, int taps_w, int dilation_h = 1, int dilation_w = 1) const;
    /// Any other condition.
    bool require(bool condition, std::string_view what, std::string_view why, std::string_view mend) const;

    report& problems() const { return problems_; }

private:
    bool fail(std::string_view what, std::string_view why, std::string_view mend) const;

    graph const& model_;
    operation const& op_;
    report& problems_;
};

}  // namespace inlay::tool
