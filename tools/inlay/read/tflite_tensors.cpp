// SPDX-License-Identifier: MIT
#include "model/order.hpp"
#include "read/tflite_parts.hpp"
#include "text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace inlay::tool {
namespace {

constexpr char const* mend_damaged = "the file is damaged, or its converter is: convert the model again";

/// The most bytes of one tensor: what the models of this library's devices never reach, and small enough for sums of sizes in int.
constexpr std::int64_t most_bytes = std::int64_t{1} << 28;

/// What is known of a tensor while it is read.
struct tensor_reading {
    tflite_reading& in;
    tflite::Tensor const& from;
    tensor_description& to;
    std::string where;

    void problem(std::string_view what, std::string_view why = {}, std::string_view mend = mend_damaged) const {
        in.problems.add(where, what, why, mend);
        in.has_gaps = true;
    }
};

std::optional<element_type> element_type_of(tflite::TensorType type) {
    switch (type) {
        case tflite::TensorType::FLOAT32: return element_type::float32;
        case tflite::TensorType::FLOAT16: return element_type::float16;
        case tflite::TensorType::INT4: return element_type::int4;
        case tflite::TensorType::INT8: return element_type::int8;
        case tflite::TensorType::UINT8: return element_type::uint8;
        case tflite::TensorType::INT16: return element_type::int16;
        case tflite::TensorType::INT32: return element_type::int32;
        case tflite::TensorType::UINT32: return element_type::uint32;
        case tflite::TensorType::INT64: return element_type::int64;
        case tflite::TensorType::UINT64: return element_type::uint64;
        case tflite::TensorType::BOOL: return element_type::boolean;
        case tflite::TensorType::RESOURCE: return element_type::resource;
        case tflite::TensorType::STRING: return element_type::string;
        default: return std::nullopt;
    }
}

void read_type(tensor_reading const& tensor) {
    tflite::TensorType const type = tensor.from.type();
    if (auto const known = element_type_of(type)) {
        tensor.to.type = *known;
        return;
    }
    std::string const name = tflite::EnumNameTensorType(type);
    tensor.problem(fmt::format("element type {} is not supported", name.empty() ? std::to_string(static_cast<int>(type)) : name),
                   "inlay has no tensors of this type", "convert the model with float32 or int8 tensors");
}

/// Bytes of `elements` elements; nothing for types without a fixed size.
std::optional<std::int64_t> bytes_of(element_type type, std::int64_t elements) {
    if (type == element_type::int4) return (elements + 1) / 2;
    int const each = bytes_of(type);
    return each == 0 ? std::nullopt : std::optional{elements * each};
}

void read_shape(tensor_reading const& tensor) {
    // shape_signature, where -1 marks an extent that is free, is not looked at: `shape` says what the extent is without a resize.
    auto const* const extents = tensor.from.shape();
    std::size_t const rank = size_of(extents);
    if (rank > std::size_t{max_rank}) {
        tensor.problem(fmt::format("has {} axes", rank), fmt::format("inlay has tensors of at most {} axes", max_rank),
                       "merge axes before conversion");
        return;
    }
    shape read;
    read.rank = static_cast<int>(rank);
    std::int64_t elements = 1;  // counting an extent of 0 as 1: products of extents fit an int in any order, even beside a 0
    for (std::size_t axis = 0; axis < rank; ++axis) {
        int const extent = extents->Get(static_cast<flatbuffers::uoffset_t>(axis));
        if (extent < 0) {
            tensor.problem(fmt::format("extent {} of axis {} is negative", extent, axis), "inlay lays out networks of fixed shapes",
                           "convert the model with a fixed input shape");
            return;
        }
        read.extent[axis] = extent;
        elements *= std::max(extent, 1);
        // Checked at each step: both factors of the next product are small enough then.
        if (elements > most_bytes || bytes_of(tensor.to.type, elements).value_or(0) > most_bytes) {
            tensor.problem(fmt::format("is too large: [{}] of {}", fmt::join(copy_of(extents), ", "), name_of(tensor.to.type)),
                           fmt::format("a tensor may have {} MiB", most_bytes >> 20), "use a smaller model, or mend its shapes");
            return;
        }
    }
    tensor.to.shape = read;
}

/// The zero points an element type can hold; nothing for types that are not quantised.
struct interval {
    std::int64_t lowest;
    std::int64_t highest;
};

std::optional<interval> zero_points_of(element_type type) {
    switch (type) {
        case element_type::int4: return interval{-8, 7};
        case element_type::int8: return interval{-128, 127};
        case element_type::uint8: return interval{0, 255};
        case element_type::int16: return interval{-32768, 32767};
        case element_type::int32:
        case element_type::int64: return interval{INT32_MIN, INT32_MAX};
        default: return std::nullopt;
    }
}

void read_quantisation(tensor_reading const& tensor) {
    auto const* const from = tensor.from.quantization();
    if (from == nullptr) return;
    if (from->details_type() != tflite::QuantizationDetails::NONE) {
        std::string const name = tflite::EnumNameQuantizationDetails(from->details_type());
        tensor.problem(fmt::format("quantised by {}: not supported", name.empty() ? "an unknown rule" : name),
                       "inlay has one scale a tensor, or one a channel", "quantise the model per tensor or per channel");
        return;
    }
    auto const zero_points = zero_points_of(tensor.to.type);
    std::size_t const count = size_of(from->scale());
    if (count == 0 || !zero_points) return;  // converters leave the range of calibration, or scales, on float tensors

    std::size_t const given = size_of(from->zero_point());
    if (given != 0 && given != count) {
        tensor.problem(fmt::format("{} scales, but {} zero points", count, given), "each scale has its zero point");
        return;
    }
    // Old converters give a bias the axis of its filter; a tensor of one axis has no other.
    int const axis = count == 1 || tensor.to.shape.rank == 1 ? 0 : from->quantized_dimension();
    if (count > 1 && (axis < 0 || axis >= tensor.to.shape.rank)) {
        tensor.problem(fmt::format("quantised on axis {}, of {} axes", axis, tensor.to.shape.rank));
        return;
    }
    if (count > 1 && static_cast<std::size_t>(tensor.to.shape[axis]) != count) {
        tensor.problem(fmt::format("{} scales for axis {}, which has {} indices", count, axis, tensor.to.shape[axis]),
                       "per-channel quantisation has a scale for each channel");
        return;
    }
    if (!tensor.in.take(count * (sizeof(float) + sizeof(std::int64_t)))) return;

    quantisation read{.scale = copy_of(from->scale()), .zero_point = std::vector<int>(count, 0), .axis = axis};
    std::vector<std::int64_t> const zero_point = copy_of(from->zero_point());
    for (std::size_t c = 0; c < count; ++c) {
        if (!std::isfinite(read.scale[c]) || read.scale[c] <= 0) {
            tensor.problem(fmt::format("scale {} of channel {}", read.scale[c], c), "a scale is a positive number");
            return;
        }
        std::int64_t const zero = given == 0 ? 0 : zero_point[c];
        if (zero < zero_points->lowest || zero > zero_points->highest) {
            tensor.problem(fmt::format("zero point {} of channel {}", zero, c),
                           fmt::format("{} has values from {} to {}", name_of(tensor.to.type), zero_points->lowest, zero_points->highest));
            return;
        }
        read.zero_point[c] = static_cast<int>(zero);
    }
    tensor.to.quantisation = std::move(read);
}

/// The bytes of the tensor's buffer: in the flatbuffer, or, in files above 2 GB, behind it. None: the tensor is no constant.
std::optional<std::span<std::byte const>> find_data(tensor_reading const& tensor) {
    auto const* const buffers = tensor.in.model.buffers();
    std::uint32_t const index = tensor.from.buffer();
    if (index == 0) return std::nullopt;
    if (index >= size_of(buffers)) {
        tensor.problem(fmt::format("its data are buffer {}, of {} buffers", index, size_of(buffers)));
        return std::nullopt;
    }
    tflite::Buffer const& buffer = *buffers->Get(index);
    if (buffer.offset() > 1) {
        std::size_t const size = tensor.in.file.size();
        if (buffer.offset() > size || buffer.size() > size - buffer.offset()) {
            tensor.problem(fmt::format("its data are the {} bytes from {} on, of a file of {} bytes", buffer.size(), buffer.offset(), size));
            return std::nullopt;
        }
        return tensor.in.file.subspan(buffer.offset(), buffer.size());
    }
    if (size_of(buffer.data()) == 0) return std::nullopt;
    return std::as_bytes(std::span{buffer.data()->data(), buffer.data()->size()});
}

void read_data(tensor_reading const& tensor) {
    if (tensor.from.sparsity() != nullptr) {
        tensor.problem("is sparse: not supported", "inlay reads dense tensors", "convert the model without sparsity");
        return;
    }
    if (tensor.from.external_buffer() != 0) {
        tensor.problem("its data are in another file: not supported", "inlay reads models of one file", "convert the model into one file");
        return;
    }
    auto const data = find_data(tensor);
    if (!data) return;
    if (tensor.to.is_variable) {
        tensor.problem("is a variable with data", "a variable starts at zero; constants do not change");
        return;
    }
    auto const wanted = bytes_of(tensor.to.type, tensor.to.shape.size());
    if (wanted && static_cast<std::size_t>(*wanted) != data->size()) {
        tensor.problem(fmt::format("has {} bytes of data, its shape wants {}", data->size(), *wanted),
                       fmt::format("shape {} of {}", text_of(tensor.to.shape), name_of(tensor.to.type)));
        return;
    }
    if (!tensor.in.take(data->size())) return;
    tensor.to.is_constant = true;
    tensor.to.data.assign(data->begin(), data->end());
}

}  // namespace

void read_tensors(tflite_reading& reading, tflite::SubGraph const& from) {
    std::size_t const count = size_of(from.tensors());
    if (!reading.take(count * sizeof(flatbuffers::uoffset_t))) return;
    reading.to.tensors.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        tflite::Tensor const& source = *from.tensors()->Get(static_cast<flatbuffers::uoffset_t>(i));
        tensor_description& to = reading.to.tensors[i];
        if (source.name() != nullptr) to.name = printable(source.name()->string_view());
        to.is_variable = source.is_variable();
        if (!reading.take(sizeof(tensor_description) / 8 + to.name.size())) return;

        tensor_reading const tensor{reading, source, to, describe_tensor(reading.to, static_cast<int>(i))};
        std::size_t const problems = reading.problems.count();
        read_type(tensor);
        read_shape(tensor);
        if (reading.problems.count() != problems) continue;  // what follows depends on both
        read_quantisation(tensor);
        read_data(tensor);
    }
}

}  // namespace inlay::tool
