// SPDX-License-Identifier: MIT
//
// What the parts of the TFLite reader share. The flatbuffer is verified: tables, strings and vectors lie inside the file.
#pragma once

#include "model/graph.hpp"
#include "report.hpp"
#include "tflite_generated.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace inlay::tool {

struct tflite_reading {
    std::span<std::byte const> file;
    tflite::Model const& model;
    graph& to;
    report& problems;
    std::size_t budget;      ///< bytes that may still be copied out of the file
    bool exhausted = false;  ///< more were asked for
    bool has_gaps = false;   ///< a tensor or an operand is not what the file means, because that cannot be read

    /// Whether `bytes` more may be copied. In a flatbuffer many references may share one vector, so that a small file could
    /// ask for any amount of memory; real files share little.
    bool take(std::size_t bytes) {
        exhausted = exhausted || bytes > budget;
        if (!exhausted) budget -= bytes;
        return !exhausted;
    }
};

/// Fills to.tensors.
void read_tensors(tflite_reading& reading, tflite::SubGraph const& from);

/// Fills to.operations; the tensors are there.
void read_operations(tflite_reading& reading, tflite::SubGraph const& from);

/// The options of an operation whose operands are there. Those of an operator that inlay does not have are std::monostate.
operator_options read_options(tflite_reading& reading, tflite::BuiltinOperator code, tflite::Operator const& from, operation const& to);

/// The elements of a vector that may be absent. They may lie unaligned in a hostile file.
template <class T>
std::vector<T> copy_of(flatbuffers::Vector<T> const* from) {
    std::vector<T> to(from == nullptr ? 0 : from->size());
    if (!to.empty()) std::memcpy(to.data(), from->Data(), to.size() * sizeof(T));
    return to;
}

/// The size of a vector, 0 if it is absent.
template <class T>
std::size_t size_of(flatbuffers::Vector<T> const* vector) {
    return vector == nullptr ? 0 : vector->size();
}

}  // namespace inlay::tool
