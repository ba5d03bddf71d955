// SPDX-License-Identifier: MIT
#include "model/order.hpp"
#include "read/tflite_parts.hpp"
#include "text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {
namespace {

constexpr char const* mend_damaged = "the file is damaged, or its converter is: convert the model again";

/// Files of old converters have the code in one field, of new ones in the other or in both.
tflite::BuiltinOperator code_of(tflite::OperatorCode const& code) {
    return static_cast<tflite::BuiltinOperator>(std::max(std::int32_t{code.deprecated_builtin_code()}, static_cast<std::int32_t>(code.builtin_code())));
}

/// "CONV_2D", "CUSTOM:TFLite_Detection_PostProcess", "BUILTIN:4711".
std::string kind_of(tflite::OperatorCode const& code) {
    tflite::BuiltinOperator const builtin = code_of(code);
    if (builtin == tflite::BuiltinOperator::CUSTOM) {
        return "CUSTOM:" + (code.custom_code() == nullptr ? "" : printable(code.custom_code()->string_view(), 80));
    }
    std::string const name = tflite::EnumNameBuiltinOperator(builtin);
    return name.empty() ? fmt::format("BUILTIN:{}", static_cast<std::int32_t>(builtin)) : name;
}

/// What is known of an operation while it is read.
struct operation_reading {
    tflite_reading& in;
    operation& to;

    /// Whether all operands are tensors of the model. Each one that is not is a problem, and becomes `absent`.
    bool check_operands(std::vector<int>& operands, std::string_view role, bool may_be_absent) const {
        bool valid = true;
        for (std::size_t k = 0; k < operands.size(); ++k) {
            int const tensor = operands[k];
            bool const known = tensor >= 0 && static_cast<std::size_t>(tensor) < in.to.tensors.size();
            if (known || (may_be_absent && tensor == operation::absent)) continue;
            in.problems.add(to.location, fmt::format("{} {} is tensor {}", role, k, tensor),
                            fmt::format("the model has {} tensors", in.to.tensors.size()), mend_damaged);
            operands[k] = operation::absent;
            in.has_gaps = true;
            valid = false;
        }
        return valid;
    }
};

std::string locate(tflite_reading const& reading, std::size_t index, operation const& of) {
    std::string const place = fmt::format("operator {}, {}", index, of.kind);
    if (of.outputs.empty() || of.outputs[0] < 0 || static_cast<std::size_t>(of.outputs[0]) >= reading.to.tensors.size()) return place;
    std::string const& name = reading.to.tensors[static_cast<std::size_t>(of.outputs[0])].name;
    return name.empty() ? place : fmt::format("{} \"{}\"", place, printable(name, 80));
}

/// Whether the operation can be used: its operator is known by a code, and its operands are tensors.
bool read_operation(tflite_reading& reading, std::size_t index, tflite::Operator const& from, operation& to) {
    auto const* const codes = reading.model.operator_codes();
    bool const known = from.opcode_index() < size_of(codes);
    if (known) {
        to.kind = kind_of(*codes->Get(from.opcode_index()));
        to.version = codes->Get(from.opcode_index())->version();
    } else {
        to.kind = "unknown";
    }
    to.inputs = copy_of(from.inputs());
    to.outputs = copy_of(from.outputs());
    to.location = locate(reading, index, to);
    if (!known) {
        reading.problems.add(to.location, fmt::format("its operator is number {} of the file's list", from.opcode_index()),
                             fmt::format("the list has {} operators", size_of(codes)), mend_damaged);
    }

    operation_reading const checked{reading, to};
    bool const inputs_valid = checked.check_operands(to.inputs, "input", true);
    bool const outputs_valid = checked.check_operands(to.outputs, "output", false);
    if (!outputs_valid) std::erase(to.outputs, operation::absent);
    return known && inputs_valid && outputs_valid;
}

}  // namespace

void read_operations(tflite_reading& reading, tflite::SubGraph const& from) {
    // Plans are searched for in a time that grows with the square of this; a compiler would not take a header of so many layers.
    constexpr std::size_t most = 4096;
    std::size_t const count = size_of(from.operators());
    if (count > most) {
        reading.problems.add("", fmt::format("has {} operators", count), fmt::format("inlay has networks of at most {} layers", most),
                             "split the model into several");
        reading.has_gaps = true;
        return;
    }
    if (!reading.take(count * sizeof(flatbuffers::uoffset_t))) return;
    reading.to.operations.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        tflite::Operator const& source = *from.operators()->Get(static_cast<flatbuffers::uoffset_t>(i));
        if (!reading.take(sizeof(operation) / 8 + (size_of(source.inputs()) + size_of(source.outputs())) * sizeof(int))) {
            reading.to.operations.resize(i);
            return;
        }
        operation& to = reading.to.operations[i];
        if (read_operation(reading, i, source, to)) {
            to.options = read_options(reading, code_of(*reading.model.operator_codes()->Get(source.opcode_index())), source, to);
        }
    }
}

}  // namespace inlay::tool
