// SPDX-License-Identifier: MIT
// Runs the network over recorded inputs: in0.bin, in1.bin, ... hold the inputs of every step, one after the other;
// out0.bin, out1.bin, ... get the outputs, and layers.bin, where it is asked for, what every layer made.
#include "feeding.hpp"
#include "tensors.hpp"

namespace {

using namespace inlay_driver;

struct recorder {
    file& to;
    bool& good;

    template <class Layer, class Element, std::size_t Size>
    void operator()(std::span<Element const, Size> made) const {
        good = good && write_all(to, "layers.bin", std::as_bytes(made));
    }
};

template <class Files>
bool open_all(Files& files, std::string_view kind, file::mode how) {
    for (std::size_t k = 0; k < files.size(); ++k) {
        auto name = file_name(kind, k);
        files[k] = file::open(name.c_str(), how);
        if (files[k].is_open()) continue;
        name += ": cannot be opened\n";
        print(name.c_str());
        return false;
    }
    return true;
}

/// Rows of the first input, where it is fed, come from its file when the network asks for them.
struct row_source {
    file* from = nullptr;
    std::array<std::byte, largest_row> row{};
    bool has_row = false;  // the first one of a step is read ahead
    bool good = true;
};
row_source rows;

enum class step { read, finished, failed };

template <class Files>
step read_inputs(Files& files, std::size_t number) {
    auto result = step::read;
    for_each(inputs, [&]<class Layer>(std::size_t k) {
        std::span<std::byte> bytes;
        if constexpr (inlay::graph::is_fed<Layer>) {
            rows.from = &files[k];
            rows.has_row = true;
            bytes = rows.row;
        } else {
            bytes = std::as_writable_bytes(nn.get<Layer>());
        }
        auto const got = files[k].read(bytes.data(), bytes.size());
        if (got == bytes.size() || result != step::read) return;
        if (got == 0 && k == 0 && number > 0) {
            result = step::finished;
            return;
        }
        auto message = file_name("in", k);
        message += ": step ";
        message += number;
        message += " has ";
        message += got;
        message += " of ";
        message += bytes.size();
        message += " bytes\n";
        print(message.c_str());
        result = step::failed;
    });
    return result;
}

template <class Files>
bool write_outputs(Files& files) {
    bool good = true;
    for_each(outputs, [&]<class Layer>(std::size_t k) {
        good = good && write_all(files[k], file_name("out", k).c_str(), std::as_bytes(nn.get<Layer>()));
    });
    return good;
}

bool run_once([[maybe_unused]] file& layers) {
    if constexpr (record_layers) {
        bool good = true;
        run_network(nn, recorder{layers, good});
        return good && rows.good;
    } else {
        infer();
        return rows.good;
    }
}

}  // namespace

std::byte const* inlay_driver::next_row() {
    if (!rows.has_row && rows.good && rows.from->read(rows.row.data(), rows.row.size()) != rows.row.size()) {
        print("in0.bin: it ends within a step\n");
        rows.good = false;
    }
    rows.has_row = false;
    return rows.row.data();
}

int main() {
    std::array<file, count(inputs)> in;
    std::array<file, count(outputs)> out;
    file layers;
    if (!open_all(in, "in", file::mode::read) || !open_all(out, "out", file::mode::write)) return 1;
    if constexpr (record_layers) {
        layers = file::open("layers.bin", file::mode::write);
        if (!layers.is_open()) {
            print("layers.bin: cannot be opened\n");
            return 1;
        }
    }
    for (std::size_t number = 0;; ++number) {
        auto const state = read_inputs(in, number);
        if (state == step::failed) return 1;
        if (state == step::finished) break;
        if (!run_once(layers) || !write_outputs(out)) return 1;
    }
    for (auto& each : out) each.close();
    if (layers.is_open()) layers.close();
    return 0;
}
