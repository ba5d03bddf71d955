// SPDX-License-Identifier: MIT
//
// What the tool knows of an operator. Each kind has a file of its own beside this one, which defines one `support`.
#pragma once

#include "model/graph.hpp"
#include "report.hpp"
#include "write/header.hpp"

#include <inlay/core/rows.hpp>
#include <inlay/kernels/kernel_choice.hpp>
#include <inlay/kernels/overlap.hpp>
#include <inlay/kernels/window_reading.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {

struct channel_rules;

/// The memory of an operation's tensors while the portable kernels run on the host.
class operands {
public:
    /// Some pixels of one row of the result.
    struct part {
        int row;
        int left;
        int columns;
    };

    operands(operation const& op, std::vector<std::byte*> const& memory, traversal order = traversal::forward, std::byte* scratch = nullptr)
        : op_{op}, memory_{memory}, order_{order}, scratch_{scratch} {}

    /// In which order the kernel shall make the result. With `in_place` it lies where its input lies.
    traversal order() const { return order_; }

    /// Has only some pixels made, by an operator that makes rows; the result begins with them.
    operands& only(part pixels) {
        part_ = pixels;
        return *this;
    }

    /// What is to be made of a result with these rows.
    rows made(rows const& all) const { return part_ ? rows{part_->row, 1, false, part_->left, part_->columns} : all; }

    /// The result as rows of so many elements.
    template <class T>
    row_view<T> out_rows(int pitch) const {
        return {out<T>(), part_ ? 0 : pitch};
    }

    /// Of all tensors, by number.
    std::vector<std::byte*> const& all() const { return memory_; }

    /// As many bytes as the operator asks for in this order.
    template <class T>
    T* scratch() const {
        return reinterpret_cast<T*>(scratch_);
    }

    /// The elements of input k, which is there.
    template <class T>
    T const* in(std::size_t k) const {
        return reinterpret_cast<T const*>(memory_[static_cast<std::size_t>(op_.inputs[k])]);
    }

    /// The elements of output k.
    template <class T>
    T* out(std::size_t k = 0) const {
        return reinterpret_cast<T*>(memory_[static_cast<std::size_t>(op_.outputs[k])]);
    }

private:
    operation const& op_;
    std::vector<std::byte*> const& memory_;
    traversal order_;
    std::byte* scratch_;
    std::optional<part> part_;
};

/// An operation as the generated header has it: `layer<OPERATION, INPUTS...>`.
struct layer_text {
    std::string operation;    ///< "softmax<softmax_options{.beta = 0.5F}>"
    std::vector<int> inputs;  ///< the tensors that are edges; constants among them become `constant_input`s
};

/// One kind of operator.
struct operator_support {
    std::string_view kind;  ///< "CONV_2D"

    /// Says in the report everything that keeps inlay from computing this operation, and completes its options from its
    /// tensors. Only an operation without problems reaches the functions below.
    void (*check)(graph& model, operation& op, report& problems);

    /// Runs the portable kernel.
    void (*evaluate)(graph const& model, operation const& op, operands const& memory);

    /// The operation in the generated header; its tables go into the header by `header.add_table`.
    layer_text (*write)(graph const& model, operation const& op, header_writer& header);

    /// Multiply-accumulates of one run; none for operators that have no weights.
    std::int64_t (*macs)(graph const& model, operation const& op) = nullptr;

    /// The kernel that the operation gets on the model's instruction set; none: the portable one.
    kernel_choice (*kernel)(graph const& model, operation const& op) = nullptr;

    /// The input that holds the layer's weights, for the count of their bytes; -1: none.
    int weights = -1;

    /// It maps element by element, or each row along the last axis by itself: its result may have another shape with such rows.
    bool keeps_rows = false;

    /// Its result is its input under another shape: it computes nothing.
    bool is_alias = false;

    /// How its channels hang together, for the passes that take channels out (passes/channels.hpp); null: they need each other.
    channel_rules const* channels = nullptr;

    /// How the result may lie over input k if the kernel makes it in this order; none: forward only, no byte in common.
    overlap_rule (*overlap)(graph const& model, operation const& op, traversal order, std::size_t k) = nullptr;

    /// Bytes of scratch that the kernel needs in this order; none: no scratch.
    int (*scratch)(graph const& model, operation const& op, traversal order) = nullptr;

    /// How it reads its inputs, if it can make a few pixels at a time; none: it cannot.
    std::optional<window_reading> (*reading)(graph const& model, operation const& op) = nullptr;
};

/// The kernel of an operation.
kernel_choice kernel_for(graph const& model, operation const& op);

/// The operator's support, also that of a group; nullptr if inlay does not have it.
operator_support const* find_operator(std::string_view kind);

/// How the result of an operation may lie over its input k, and its scratch in bytes, by the kernel that makes it.
overlap_rule overlap_for(graph const& model, operation const& op, traversal order, std::size_t k);
int scratch_for(graph const& model, operation const& op, traversal order);

/// All operators, by name.
std::vector<operator_support const*> all_operators();

}  // namespace inlay::tool
