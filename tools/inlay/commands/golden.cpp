// SPDX-License-Identifier: MIT
#include "commands/golden.hpp"

#include "commands/compare.hpp"
#include "error.hpp"
#include "read/file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>

namespace inlay::tool {
namespace {

namespace fs = std::filesystem;

std::string fnv1a64(raw_tensor const& bytes) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (std::byte const each : bytes) hash = (hash ^ static_cast<std::uint64_t>(each)) * 0x100000001b3;
    return fmt::format("{:016x}", hash);
}

/// The steps that a file of a tensor holds; 0 if it holds no whole number of them.
int steps_in(raw_tensor const& bytes, tensor_description const& tensor) {
    auto const size = tensor.bytes();
    return size == 0 || bytes.size() % size != 0 ? 0 : static_cast<int>(bytes.size() / size);
}

golden_case read_case(fs::path const& directory, std::string const& name, graph const& model) {
    golden_case made{.name = name, .directory = directory, .inputs = {}, .outputs = {}};
    std::optional<int> steps;
    auto const read = [&](std::string_view role, std::vector<int> const& tensors, std::vector<raw_tensor>& to) {
        for (std::size_t k = 0; k < tensors.size(); ++k) {
            auto const path = directory / fmt::format("{}.{}{}.bin", name, role, k);
            auto const& tensor = model.tensors[static_cast<std::size_t>(tensors[k])];
            to.push_back(read_file(path));
            int const held = steps_in(to.back(), tensor);
            if (held == 0 || steps.value_or(held) != held) {
                throw tool_error{path.string(), "the file does not fit the tensor",
                                 fmt::format("it has {} bytes; \"{}\" has {} in a step, and other files of the case hold {} steps", to.back().size(), tensor.name,
                                             tensor.bytes(), steps.value_or(1)),
                                 "record the case again with this model"};
            }
            steps = held;
        }
    };
    read("in", model.inputs, made.inputs);
    read("out", model.outputs, made.outputs);
    made.steps = steps.value_or(1);
    return made;
}

/// A whole number of an object, where it has one of that name.
std::optional<int> number_in(nlohmann::json const& object, char const* name) {
    if (!object.is_object()) return {};
    auto const found = object.find(name);
    return found != object.end() && found->is_number_unsigned() ? std::optional{found->get<int>()} : std::nullopt;
}

}  // namespace

std::vector<golden_case> find_golden_cases(fs::path const& directory, graph const& model) {
    std::error_code failure;
    std::set<std::string> names;
    for (auto const& entry : fs::directory_iterator{directory, failure}) {
        auto const file = entry.path().filename().string();
        auto const dot = file.find('.');
        if (dot != file.npos && file.compare(dot, std::string::npos, ".out0.bin") == 0) names.insert(file.substr(0, dot));
    }
    if (failure) throw tool_error{directory.string(), "cannot be read", failure.message(), "give the directory of the recorded cases", exit_status::file};
    if (names.empty()) {
        throw tool_error{directory.string(), "no recorded cases", "there is no file NN.out0.bin", "give the directory of the recorded cases", exit_status::file};
    }
    std::vector<golden_case> cases;
    for (auto const& name : names) cases.push_back(read_case(directory, name, model));
    return cases;
}

std::map<int, recorded_layer> read_trace(golden_case const& of) {
    std::map<int, recorded_layer> layers;
    auto const path = of.directory / (of.name + ".trace.json");
    if (!fs::exists(path)) return layers;
    auto const text = read_file(path);
    auto const trace = nlohmann::json::parse(reinterpret_cast<char const*>(text.data()), reinterpret_cast<char const*>(text.data()) + text.size(),
                                             nullptr, /*allow_exceptions=*/false);
    if (!trace.is_object() || !trace.contains("ops") || !trace["ops"].is_array()) {
        throw tool_error{path.string(), "is no trace", "it is no JSON object with a list \"ops\"", "record the trace again, or remove the file", exit_status::file};
    }
    auto const bytes_path = of.directory / (of.name + ".layers.bin");
    auto const bytes = fs::exists(bytes_path) ? read_file(bytes_path) : raw_tensor{};
    for (auto const& op : trace["ops"]) {
        int const tensor = number_in(op, "t").value_or(-1);
        if (tensor < 0 || layers.contains(tensor)) continue;  // later steps of a sequence are not compared
        auto const offset = static_cast<std::size_t>(number_in(op, "offset").value_or(0));
        auto const size = static_cast<std::size_t>(number_in(op, "bytes").value_or(0));
        auto const hash = op.find("fnv1a64");  // an object, as it has a number t
        recorded_layer layer{hash != op.end() && hash->is_string() ? hash->get<std::string>() : "", {}};
        if (offset <= bytes.size() && size <= bytes.size() - offset && size > 0) {
            auto const begin = bytes.begin() + static_cast<std::ptrdiff_t>(offset);
            layer.bytes.emplace(begin, begin + static_cast<std::ptrdiff_t>(size));
        }
        layers.emplace(tensor, std::move(layer));
    }
    return layers;
}

std::optional<std::string> recorded_layer::differs_from(tensor_description const& tensor, raw_tensor const& got, double tolerance) const {
    if (bytes) {
        auto const found = first_difference(tensor, got, *bytes, tolerance);
        return found ? std::optional{found->text()} : std::nullopt;
    }
    if (tensor.type == element_type::float32 || fnv1a64.empty() || tool::fnv1a64(got) == fnv1a64) return {};
    return fmt::format("its bytes have FNV-1a {}, wanted {}", tool::fnv1a64(got), fnv1a64);
}

}  // namespace inlay::tool
