// SPDX-License-Identifier: MIT
//
// Small int8 networks made by chance: chains, residuals, concatenations, strides, dilations, paddings, odd sizes.
#pragma once

#include "model/graph.hpp"
#include "passes/prepare.hpp"
#include "report.hpp"

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace inlay::test {

class random_network {
public:
    /// `layers`: 0 for a few.
    explicit random_network(unsigned seed, int layers = 0) : random_{seed} {
        model_.name = "chance";
        model_.source = "random.tflite";
        zero_point_ = between(-6, 6);
        int const batches = chance(8) ? 2 : 1;
        model_.inputs = {add_tensor(shape{batches, between(1, 9), between(1, 9), between(1, 6)})};
        live_ = model_.inputs;
        if (layers == 0) layers = between(2, 9);
        for (int i = 0; i < layers; ++i) add_layer();
        // Whatever nothing reads is a result, and so is now and then what something reads.
        for (std::size_t t = 0; t < model_.tensors.size(); ++t) {
            bool read = false;
            for (auto const& op : model_.operations) read = read || std::ranges::find(op.inputs, static_cast<int>(t)) != op.inputs.end();
            bool const made = std::ranges::any_of(model_.operations, [&](auto const& op) { return op.outputs[0] == static_cast<int>(t); });
            if (made && (!read || chance(20))) model_.outputs.push_back(static_cast<int>(t));
        }
    }

    /// The network, checked; what the check says otherwise.
    std::string check() {
        tool::report problems{"random.tflite"};
        tool::check_operations(model_, problems);
        return problems.empty() ? "" : problems.text();
    }

    tool::graph const& model() const { return model_; }

private:
    int between(int lowest, int highest) { return lowest + static_cast<int>(random_() % static_cast<unsigned>(highest - lowest + 1)); }
    bool chance(int one_in) { return between(1, one_in) == 1; }

    tool::tensor_description& tensor(int t) { return model_.tensors[static_cast<std::size_t>(t)]; }

    int add_tensor(shape const& extents, tool::element_type type = tool::element_type::int8) {
        auto& made = model_.tensors.emplace_back();
        made.name = "t" + std::to_string(model_.tensors.size());
        made.type = type;
        made.shape = extents;
        if (type == tool::element_type::int8) made.quantisation = {{0.5F}, {zero_point_}, 0};
        return static_cast<int>(model_.tensors.size()) - 1;
    }

    /// The scale is such that results seldom reach an end of their range, where differences would not be seen.
    int add_filter(shape const& extents, int taps) {
        int const t = add_tensor(extents);
        auto& made = tensor(t);
        made.quantisation = {{0.01F / std::sqrt(static_cast<float>(taps))}, {0}, 0};
        made.is_constant = true;
        for (int i = 0; i < extents.size(); ++i) made.data.push_back(static_cast<std::byte>(random_()));
        return t;
    }

    void add_operation(std::string kind, tool::operator_options options, std::vector<int> inputs, int out) {
        auto& op = model_.operations.emplace_back();
        op.location = "operator " + std::to_string(model_.operations.size() - 1) + ", " + kind;
        op.kind = std::move(kind);
        op.options = std::move(options);
        op.inputs = std::move(inputs);
        op.outputs = {out};
        live_.push_back(out);
    }

    /// A tensor to read: most often the last one.
    int any_image() {
        for (int tries = 0; tries < 8; ++tries) {
            int const t = chance(3) ? live_[static_cast<std::size_t>(between(0, static_cast<int>(live_.size()) - 1))] : live_.back();
            if (tensor(t).type == tool::element_type::int8 && tensor(t).shape.rank == 4) return t;
        }
        return model_.inputs[0];
    }

    padding any_padding(int reach_h, int reach_w, shape const& in) {
        bool const fits = in.h() >= reach_h && in.w() >= reach_w;
        if (chance(3)) {
            padding given{padding::kind::given, between(0, reach_h - 1), between(0, reach_h - 1), between(0, reach_w - 1), between(0, reach_w - 1)};
            if (in.h() + given.top + given.bottom >= reach_h && in.w() + given.left + given.right >= reach_w) return given;
        }
        return fits && chance(2) ? padding::valid : padding::same;
    }

    template <class Options>
    void set_window(Options& options, int taps_h, int taps_w, shape const& in) {
        options.stride_h = between(1, 3);
        options.stride_w = between(1, 3);
        if constexpr (requires { options.dilation_h; }) {
            if (chance(4)) options.dilation_h = 2;
            if (chance(4)) options.dilation_w = 2;
            options.padding = any_padding((taps_h - 1) * options.dilation_h + 1, (taps_w - 1) * options.dilation_w + 1, in);
        } else {
            options.padding = any_padding(taps_h, taps_w, in);
        }
        if (chance(2)) options.stride_h = options.stride_w = 1;
    }

    void add_layer() {
        int const t = any_image();
        auto const in = tensor(t).shape;
        switch (between(0, 11)) {
            case 0:
            case 1:
            case 2: {
                conv2d_options options;
                shape const filter{between(1, 8), chance(3) ? 1 : between(1, 4), chance(3) ? 1 : between(1, 4), in.c()};
                set_window(options, filter.h(), filter.w(), in);
                int const weights = add_filter(filter, filter.size() / filter.n());
                add_operation("CONV_2D", options, {t, weights}, add_tensor(make_conv2d_geometry(in, filter, options).out));
                return;
            }
            case 3:
            case 4: {
                depthwise_conv2d_options options;
                shape const filter{1, between(1, 4), between(1, 4), in.c() * (chance(3) ? between(1, 3) : 1)};
                set_window(options, filter.h(), filter.w(), in);
                int const weights = add_filter(filter, filter.h() * filter.w());
                add_operation("DEPTHWISE_CONV_2D", options, {t, weights}, add_tensor(make_depthwise_conv2d_geometry(in, filter, options).out));
                return;
            }
            case 5: {
                pool2d_options options;
                options.filter_h = between(1, 3);
                options.filter_w = between(1, 3);
                set_window(options, options.filter_h, options.filter_w, in);
                add_operation(chance(2) ? "MAX_POOL_2D" : "AVERAGE_POOL_2D", options, {t}, add_tensor(make_pool2d_geometry(in, options).out));
                return;
            }
            case 6:
            case 7: {  // a residual where another tensor has the shape, else with itself
                int other = t;
                for (int const each : live_) {
                    if (each != t && tensor(each).type == tool::element_type::int8 && tensor(each).shape == in) other = each;
                }
                add_operation(chance(3) ? "MUL" : "ADD", elementwise_options{}, {t, other}, add_tensor(in));
                return;
            }
            case 8: {
                std::vector<int> parts{t};
                auto out = in;
                for (int const each : live_) {
                    auto shape = tensor(each).shape;
                    if (tensor(each).type != tool::element_type::int8 || shape.rank != 4 || parts.size() == 3) continue;
                    int const channels = shape[3];
                    shape[3] = in[3];
                    if (!(shape == in)) continue;
                    parts.push_back(each);
                    out[3] += channels;
                }
                add_operation("CONCATENATION", concatenation_options{.axis = 3}, parts, add_tensor(out));
                return;
            }
            case 9: add_operation("RELU", unary_options{}, {t}, add_tensor(in)); return;
            case 10: {
                shape const rows{in.n(), in.w(), in.h(), in.c()};
                add_operation("RESHAPE", reshape_options{.to = rows}, {t}, add_tensor(rows));
                return;
            }
            default: add_operation("DEQUANTIZE", unary_options{}, {t}, add_tensor(in, tool::element_type::float32)); return;
        }
    }

    std::mt19937 random_;
    tool::graph model_;
    std::vector<int> live_;
    int zero_point_ = 0;
};

}  // namespace inlay::test
