// SPDX-License-Identifier: MIT
#include "subject.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <random>
#include <regex>

#include "error.hpp"
#include "passes/made_up.hpp"

namespace inlay::bench {
namespace {

using namespace tool;

struct window {
    int h = 1, w = 1, stride = 1;
    inlay::padding padding = padding::same;
};

struct layer_name {
    std::string kind;
    shape in;
    window filter{};
    int out = 0;  // channels
};

[[noreturn]] void refuse(std::string_view name) {
    throw tool_error{.where = std::string{name},
                     .what = "is no layer that can be measured",
                     .mend = "give one as conv2d/25x5x64-3x3s2-64, depthwise_conv2d/25x5x64-3x3, fully_connected/640-128, add/16x16x32, "
                             "mul/16x16x32, average_pool2d/25x5x64-25x5v, max_pool2d/8x8x16-2x2s2, softmax/12",
                     .status = exit_status::usage};
}

layer_name read(std::string_view name) {
    static std::regex const spatial{R"((conv2d|depthwise_conv2d|average_pool2d|max_pool2d)/(\d{1,4})x(\d{1,4})x(\d{1,4})-(\d{1,2})x(\d{1,2})(?:s([1-9]))?(v?)(?:-(\d{1,4}))?)"};
    static std::regex const whole{R"((add|mul)/(\d{1,4})x(\d{1,4})x(\d{1,4}))"};
    static std::regex const flat{R"((fully_connected)/(\d{1,5})-(\d{1,5})|(softmax)/(\d{1,5}))"};
    std::cmatch found;
    auto const number = [&](std::size_t k) { return std::stoi(found[k].str()); };
    if (std::regex_match(name.begin(), name.end(), found, spatial)) {
        layer_name read{found[1].str(), {1, number(2), number(3), number(4)}, {number(5), number(6)}};
        if (found[7].matched) read.filter.stride = number(7);
        if (found[8].length() != 0) read.filter.padding = padding::valid;
        if (found[9].matched != (read.kind == "conv2d")) refuse(name);
        read.out = found[9].matched ? number(9) : read.in.c();
        bool const fits = read.filter.padding == padding::same || (read.filter.h <= read.in.h() && read.filter.w <= read.in.w());
        if (read.in.size() == 0 || read.out == 0 || read.filter.h * read.filter.w == 0 || !fits) refuse(name);
        return read;
    }
    if (std::regex_match(name.begin(), name.end(), found, whole)) {
        layer_name const read{found[1].str(), {1, number(2), number(3), number(4)}};
        if (read.in.size() == 0) refuse(name);
        return read;
    }
    if (std::regex_match(name.begin(), name.end(), found, flat)) {
        layer_name const read = found[1].matched ? layer_name{"fully_connected", {1, number(2)}, {}, number(3)} : layer_name{"softmax", {1, number(5)}};
        if (read.in.size() == 0 || (read.kind == "fully_connected" && read.out == 0)) refuse(name);
        return read;
    }
    refuse(name);
}

/// Makes the numbers and the network of one layer.
class maker {
public:
    maker(layer_name const& name, bool is_float) : name_{name}, is_float_{is_float} {}

    graph make() {
        net_.model.name = "measured";
        net_.model.source = "measured.tflite";
        int const in = net_.input(name_.in, type());
        if (name_.kind == "conv2d") {
            conv2d_options const options{.stride_h = name_.filter.stride, .stride_w = name_.filter.stride, .padding = name_.filter.padding,
                                         .activation = activation_function::relu};
            shape const filter{name_.out, name_.filter.h, name_.filter.w, name_.in.c()};
            return with_weights("CONV_2D", options, in, filter, 0, make_conv2d_geometry(name_.in, filter, options).out);
        }
        if (name_.kind == "depthwise_conv2d") {
            depthwise_conv2d_options const options{.stride_h = name_.filter.stride, .stride_w = name_.filter.stride, .padding = name_.filter.padding,
                                                   .activation = activation_function::relu};
            shape const filter{1, name_.filter.h, name_.filter.w, name_.in.c()};
            return with_weights("DEPTHWISE_CONV_2D", options, in, filter, 3, make_depthwise_conv2d_geometry(name_.in, filter, options).out);
        }
        if (name_.kind == "fully_connected") {
            return with_weights("FULLY_CONNECTED", fully_connected_options{.activation = activation_function::relu}, in, {name_.out, name_.in[1]}, 0,
                                {1, name_.out});
        }
        if (name_.kind == "average_pool2d" || name_.kind == "max_pool2d") {
            pool2d_options const options{.filter_h = name_.filter.h, .filter_w = name_.filter.w, .stride_h = name_.filter.stride,
                                         .stride_w = name_.filter.stride, .padding = name_.filter.padding};
            auto const out = make_pool2d_geometry(name_.in, options).out;
            return finish(name_.kind == "max_pool2d" ? "MAX_POOL_2D" : "AVERAGE_POOL_2D", options, {in}, out, in_quantisation);
        }
        if (name_.kind == "softmax") return finish("SOFTMAX", softmax_options{.beta = 1}, {in}, name_.in, {1.0F / 256, -128});
        int const other = net_.input(name_.in, type(), {0.04F, -7});
        return finish(name_.kind == "add" ? "ADD" : "MUL", elementwise_options{}, {in, other}, name_.in, {0.11F, 2});
    }

private:
    static constexpr affine in_quantisation{0.05F, 3};  // what network::input gives

    element_type type() const { return is_float_ ? element_type::float32 : element_type::int8; }

    graph finish(char const* kind, operator_options options, std::vector<int> inputs, shape const& out, affine quantisation) {
        return net_.finish({net_.operate(kind, std::move(options), std::move(inputs), net_.tensor(type(), out, quantisation))});
    }

    /// In [-1, 1), most of them near 0; the same on every machine.
    float bell() {
        float sum = 0;
        for (int k = 0; k < 4; ++k) sum += static_cast<float>(random_() >> 8) * 0x1p-23F - 1;
        return sum / 4;
    }

    graph with_weights(char const* kind, operator_options options, int in, shape const& filter, int axis, shape const& out) {
        int const channels = axis == 0 ? filter[0] : filter.last();
        int const taps = filter.size() / channels;
        std::vector<float> weights(static_cast<std::size_t>(filter.size()));
        std::ranges::generate(weights, [&] { return bell(); });
        std::vector<float> bias(static_cast<std::size_t>(channels));
        std::ranges::generate(bias, [&] { return bell(); });
        std::vector<int> inputs{in};
        if (is_float_) {
            inputs.push_back(net_.constant(element_type::float32, filter, weights));
            inputs.push_back(net_.constant(element_type::float32, shape{channels}, bias));
        } else {
            quantisation scales{{}, std::vector<int>(static_cast<std::size_t>(channels)), axis};
            for (int c = 0; c < channels; ++c) scales.scale.push_back(0.01F + 0.001F * static_cast<float>(c % 7));
            inputs.push_back(net_.constant(element_type::int8, filter, rounded<std::int8_t>(weights, 127), scales));
            inputs.push_back(net_.constant(element_type::int32, shape{channels}, rounded<std::int32_t>(bias, 3000)));
        }
        // What the sums come to with these inputs, about 74 * 37 * sqrt(taps), fills the results' range.
        float const scale = 0.05F * 0.013F * 74 * 37 * std::sqrt(static_cast<float>(taps)) / 85;
        return finish(kind, std::move(options), std::move(inputs), out, {scale, -128});
    }

    template <class T>
    static std::vector<T> rounded(std::vector<float> const& from, float largest) {
        std::vector<T> made;
        for (float const each : from) made.push_back(static_cast<T>(std::lround(each * largest)));
        return made;
    }

    layer_name name_;
    bool is_float_;
    network net_{};
    std::mt19937 random_{1001};
};

}  // namespace

graph make_layer(std::string_view name, std::string_view scheme) {
    auto const known = all_schemes();
    if (std::ranges::find(known, scheme) == known.end()) {
        throw tool_error{.where = std::string{scheme}, .what = "is no scheme", .mend = "give int8_per_channel or float32", .status = exit_status::usage};
    }
    return maker{read(name), scheme == "float32"}.make();
}

std::vector<std::string> all_schemes() { return {"int8_per_channel", "float32"}; }

std::vector<std::string> usual_layers() {
    return {// 1x1
            "conv2d/25x5x64-1x1-64", "conv2d/24x24x32-1x1-64", "conv2d/24x24x16-1x1-32", "conv2d/48x48x8-1x1-16", "conv2d/6x6x128-1x1-128",
            "conv2d/3x3x256-1x1-256",
            // the first of a network
            "conv2d/49x10x1-10x4s2-64", "conv2d/96x96x3-3x3s2-8", "conv2d/32x32x3-3x3-16",
            // 3x3
            "conv2d/32x32x16-3x3-16", "conv2d/16x16x32-3x3-32", "conv2d/8x8x64-3x3-64", "conv2d/32x32x16-3x3s2-32",
            "depthwise_conv2d/25x5x64-3x3", "depthwise_conv2d/48x48x8-3x3", "depthwise_conv2d/24x24x32-3x3", "depthwise_conv2d/12x12x64-3x3",
            "depthwise_conv2d/6x6x128-3x3", "depthwise_conv2d/3x3x256-3x3", "depthwise_conv2d/48x48x16-3x3s2", "depthwise_conv2d/24x24x32-5x5", "fully_connected/640-128",
            "fully_connected/128-128", "fully_connected/8-128", "fully_connected/64-12", "add/32x32x16", "mul/32x32x16", "average_pool2d/25x5x64-25x5v",
            "average_pool2d/6x6x32-3x3s2", "max_pool2d/8x8x64-2x2s2v", "softmax/12"};
}

}  // namespace inlay::bench
