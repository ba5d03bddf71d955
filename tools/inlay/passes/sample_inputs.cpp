// SPDX-License-Identifier: MIT
#include "passes/sample_inputs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace inlay::tool {
namespace {

/// splitmix64.
class random_numbers {
public:
    explicit random_numbers(std::uint64_t seed) : state_{seed} {}

    /// In [0, 1).
    double operator()() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    }

    double gaussian() {
        double sum = 0;
        for (int i = 0; i < 12; ++i) sum += (*this)();
        return sum - 6;
    }

private:
    std::uint64_t state_;
};

using kind = void (*)(std::vector<double>& values, random_numbers& random);

/// The kinds, as numbers in [-1, 1].
constexpr std::array<kind, 8> kinds{
    [](auto& values, auto& random) { for (auto& v : values) v = 2 * random() - 1; },                                     // uniform
    [](auto& values, auto& random) { std::ranges::fill(values, 2 * random() - 1); },                                     // flat
    [](auto& values, auto& random) { for (auto& v : values) v = random() < 0.5 ? -1 : 1; },                              // extremes
    [](auto& values, auto& random) {                                                                                     // narrow band
        double const middle = 2 * random() - 1;
        for (auto& v : values) v = middle + 0.05 * (random() - 0.5);
    },
    [](auto& values, auto& random) {                                                                                     // random walk
        double at = 0;
        for (auto& v : values) v = at = std::clamp(at + 0.2 * (random() - 0.5), -1.0, 1.0);
    },
    [](auto& values, auto& random) { for (auto& v : values) v = 0.3 * random.gaussian(); },                              // gaussian
    [](auto& values, auto& random) {                                                                                     // slope
        double const sign = random() < 0.5 ? -1 : 1;
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = sign * (2 * static_cast<double>(i) / static_cast<double>(values.size()) - 1);
    },
    [](auto& values, auto& random) {                                                                                     // spikes
        for (auto& v : values) v = random() < 0.02 ? 2 * random() - 1 : 0;
    },
};

template <class T>
void store(std::vector<std::byte>& bytes, std::vector<double> const& values, int zero_point) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        T value;
        if constexpr (std::is_floating_point_v<T>) {
            value = static_cast<T>(values[i]);
        } else {
            // Zero is the zero point; the ends are the type's, within 16 bits.
            double const lowest = std::max<double>(std::numeric_limits<T>::lowest(), -32768);
            double const highest = std::min<double>(std::numeric_limits<T>::max(), 32767);
            double const reach = values[i] < 0 ? zero_point - lowest : highest - zero_point;
            value = static_cast<T>(std::clamp(std::round(zero_point + values[i] * reach), lowest, highest));
        }
        std::memcpy(bytes.data() + i * sizeof(T), &value, sizeof(T));
    }
}

std::vector<std::byte> bytes_for(tensor_description const& tensor, std::vector<double> const& values) {
    std::vector<std::byte> bytes(values.size() * static_cast<std::size_t>(bytes_of(tensor.type)));
    int const zero_point = tensor.activation_quantisation().zero_point;
    switch (tensor.type) {
        case element_type::float32: store<float>(bytes, values, 0); break;
        case element_type::int8: store<std::int8_t>(bytes, values, zero_point); break;
        case element_type::uint8: store<std::uint8_t>(bytes, values, zero_point); break;
        case element_type::int16: store<std::int16_t>(bytes, values, zero_point); break;
        case element_type::int32: store<std::int32_t>(bytes, values, 0); break;
        default: break;  // zeros
    }
    return bytes;
}

}  // namespace

std::vector<input_set> sample_inputs(graph const& model, int rounds, unsigned seed) {
    random_numbers random{seed};
    std::vector<input_set> sets;
    for (int round = 0; round < rounds; ++round) {
        for (auto const& fill : kinds) {
            auto& set = sets.emplace_back();
            for (int const t : model.inputs) {
                auto const& tensor = model.tensors[static_cast<std::size_t>(t)];
                std::vector<double> values(static_cast<std::size_t>(tensor.shape.size()));
                fill(values, random);
                set.push_back(bytes_for(tensor, values));
            }
        }
    }
    return sets;
}

}  // namespace inlay::tool
