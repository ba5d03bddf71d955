// SPDX-License-Identifier: MIT
#include "read/tflite.hpp"

#include "model/names.hpp"
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

constexpr char const* mend_damaged = "the file is damaged or cut short: copy or convert it again";

bool starts_with(std::span<std::byte const> file, std::string_view start) {
    return file.size() >= start.size() && std::ranges::equal(file.first(start.size()), std::as_bytes(std::span{start}));
}

/// Whether the file is a TFLite model by its first bytes; if not, a problem says what it is instead.
bool is_recognised(std::span<std::byte const> file, report& problems) {
    constexpr std::size_t identifier_at = 4;
    if (file.size() > identifier_at && starts_with(file.subspan(identifier_at), tflite::ModelIdentifier())) return true;
    if (file.empty()) {
        problems.add("", "is empty", "it has no bytes", mend_damaged);
    } else if (starts_with(file, "version https://git-lfs")) {
        problems.add("", "is a pointer of Git LFS, not a model", "the repository was cloned without its large files", "fetch them: git lfs pull");
    } else if (starts_with(file, "PK\x03\x04")) {
        problems.add("", "is a ZIP archive, not a TensorFlow Lite model", "", "unpack it, and give the .tflite file inside");
    } else if (starts_with(file, "\x89HDF")) {
        problems.add("", "is a Keras or HDF5 file, not a TensorFlow Lite model", "", "convert it with tf.lite.TFLiteConverter");
    } else {
        problems.add("", "is not a TensorFlow Lite model", "bytes 4 to 7 are not \"TFL3\"", "give a .tflite file");
    }
    return false;
}

bool is_verified(std::span<std::byte const> file, report& problems) {
    if (file.size() >= FLATBUFFERS_MAX_BUFFER_SIZE) {
        problems.add("", fmt::format("has {} bytes", file.size()), "flatbuffers end at 2 GiB", "use a smaller model");
        return false;
    }
    flatbuffers::Verifier::Options limits;
    limits.max_depth = 16;
    limits.max_tables = 1'000'000;
    flatbuffers::Verifier verifier{reinterpret_cast<std::uint8_t const*>(file.data()), file.size(), limits};
    if (tflite::VerifyModelBuffer(verifier)) return true;
    problems.add("", "cannot be read as a flatbuffer", "an offset or a size in it points beyond the file", mend_damaged);
    return false;
}

/// The valid ones among a list of tensors; the others are problems.
std::vector<int> read_list(tflite_reading& reading, flatbuffers::Vector<std::int32_t> const* from, std::string_view role) {
    constexpr std::size_t most = 4096;
    if (size_of(from) > most) {
        reading.problems.add("", fmt::format("has {} tensors as {}", size_of(from), role), fmt::format("inlay has networks of at most {}", most), mend_damaged);
        reading.has_gaps = true;
        return {};
    }
    std::vector<int> list = copy_of(from);
    std::erase_if(list, [&](int tensor) {
        bool const known = tensor >= 0 && static_cast<std::size_t>(tensor) < reading.to.tensors.size();
        if (!known) {
            reading.problems.add("", fmt::format("{} of the model is tensor {}", role, tensor),
                                 fmt::format("the model has {} tensors", reading.to.tensors.size()), mend_damaged);
            reading.has_gaps = true;
        }
        return !known;
    });
    return list;
}

/// A tensor without elements that nothing makes is a constant: its data are there, all none of them.
void mark_empty_constants(graph& model) {
    std::vector<bool> made(model.tensors.size(), false);
    for (int const input : model.inputs) made[static_cast<std::size_t>(input)] = true;
    for (operation const& by : model.operations) {
        for (int const output : by.outputs) made[static_cast<std::size_t>(output)] = true;
    }
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        tensor_description& tensor = model.tensors[i];
        if (!made[i] && !tensor.is_variable && tensor.shape.size() == 0) tensor.is_constant = true;
    }
}

void read_model(tflite_reading& reading) {
    if (reading.model.version() != 3) {
        reading.problems.add("", fmt::format("has format version {}", reading.model.version()), "inlay reads version 3", "convert the model again");
        return;
    }
    std::size_t const graphs = size_of(reading.model.subgraphs());
    if (graphs == 0) {
        reading.problems.add("", "has no graph", "a model has at least one operator", mend_damaged);
        return;
    }
    if (graphs > 1) {
        reading.problems.add("", fmt::format("has {} graphs", graphs), "control flow (IF, WHILE, CALL_ONCE) is not supported",
                             "convert the model without control flow, one signature at a time");
    }
    if (reading.model.description() != nullptr) reading.to.description = printable(reading.model.description()->string_view());

    tflite::SubGraph const& from = *reading.model.subgraphs()->Get(0);
    read_tensors(reading, from);
    reading.to.inputs = read_list(reading, from.inputs(), "an input");
    reading.to.outputs = read_list(reading, from.outputs(), "an output");
    read_operations(reading, from);
    if (size_of(from.outputs()) == 0) {
        reading.problems.add("", "has no output", "a network is made for its results", "name the outputs when converting the model");
    }
    if (reading.exhausted) {
        reading.problems.add("", "uses the same bytes over and over", "its tensors have many times the file's size", mend_damaged);
        return;
    }
    mark_empty_constants(reading.to);
    if (!reading.has_gaps) check_order(reading.to, reading.problems);
}

}  // namespace

graph read_tflite(std::span<std::byte const> file, std::string_view path, report& problems) {
    graph model;
    model.source = printable(path.substr(path.find_last_of('/') + 1));
    model.name = namespace_from(model.source.substr(0, model.source.find('.')));
    if (!is_recognised(file, problems)) return model;

    // The verifier measures alignment from the start of the file, which must be aligned itself.
    constexpr std::size_t alignment = 16;
    std::vector<std::byte> aligned;
    if (reinterpret_cast<std::uintptr_t>(file.data()) % alignment != 0) {
        aligned.assign(file.begin(), file.end());
        file = aligned;
    }
    if (!is_verified(file, problems)) return model;

    constexpr std::size_t times_shared = 4;
    tflite_reading reading{file, *tflite::GetModel(file.data()), model, problems, times_shared * file.size()};
    read_model(reading);
    return model;
}

}  // namespace inlay::tool
