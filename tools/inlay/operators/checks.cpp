// SPDX-License-Identifier: MIT
#include "operators/checks.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace inlay::tool {

namespace {

std::string quoted(tensor_description const& tensor) { return fmt::format("\"{}\"", tensor.name); }

}  // namespace

bool operation_checker::fail(std::string_view what, std::string_view why, std::string_view mend) const {
    problems_.add(op_.location, what, why, mend);
    return false;
}

bool operation_checker::require(bool condition, std::string_view what, std::string_view why, std::string_view mend) const {
    return condition || fail(what, why, mend);
}

bool operation_checker::counts(std::size_t least_inputs, std::size_t most_inputs, std::size_t outputs) const {
    bool fine = op_.inputs.size() >= least_inputs && op_.inputs.size() <= most_inputs && op_.outputs.size() == outputs;
    for (std::size_t k = 0; fine && k < least_inputs; ++k) fine = has_input(k);
    return fine || fail("wrong number of operands",
                        fmt::format("it has {} inputs and {} outputs; the operator takes {} to {} inputs, the first {} of them always, and makes {} outputs",
                                    op_.inputs.size(), op_.outputs.size(), least_inputs, most_inputs, least_inputs, outputs),
                        "export the model again; the file is damaged or was made by a faulty converter");
}

bool operation_checker::type(tensor_description const& tensor, std::initializer_list<element_type> accepted, std::string_view role) const {
    if (std::find(accepted.begin(), accepted.end(), tensor.type) != accepted.end()) return true;
    std::vector<std::string_view> names;
    for (element_type const each : accepted) names.push_back(name_of(each));
    return fail(fmt::format("element type not supported"),
                fmt::format("the {} {} is {}; inlay has {}", role, quoted(tensor), name_of(tensor.type), fmt::join(names, ", ")),
                "convert the model with full int8 quantisation, or leave it in float32");
}

bool operation_checker::rank(tensor_description const& tensor, int least, int most, std::string_view role) const {
    if (tensor.shape.rank >= least && tensor.shape.rank <= most) return true;
    auto const wanted = least == most ? fmt::format("{}", least) : fmt::format("{} to {}", least, most);
    return fail("rank not supported", fmt::format("the {} {} has shape {}; the operator takes rank {}", role, quoted(tensor), text_of(tensor.shape), wanted),
                "put a RESHAPE in front of it");
}

bool operation_checker::not_empty(tensor_description const& tensor, std::string_view role) const {
    return tensor.shape.size() > 0 ||
           fail("empty tensor", fmt::format("the {} {} has shape {} and so no elements", role, quoted(tensor), text_of(tensor.shape)),
                "remove the operator, or give the model's input its real shape before exporting");
}

bool operation_checker::constant(tensor_description const& tensor, std::string_view role) const {
    return tensor.is_constant || fail(fmt::format("the {} is not a constant", role),
                                      fmt::format("{} is computed when the model runs; inlay lays it out when the model is compiled", quoted(tensor)),
                                      "export the model with this operand fixed");
}

bool operation_checker::quantised(tensor_description const& tensor, std::string_view role) const {
    if (tensor.type != element_type::int8) return true;
    if (tensor.quantisation.scale.size() != 1) {
        return fail(fmt::format("the {} lacks its quantisation", role),
                    fmt::format("{} has {} scales; an int8 activation has one scale and one zero point", quoted(tensor), tensor.quantisation.scale.size()),
                    "convert the model again with full int8 quantisation");
    }
    int const zero_point = tensor.quantisation.zero_point[0];
    return (zero_point >= -128 && zero_point <= 127) ||
           fail(fmt::format("zero point of the {} out of range", role), fmt::format("{} has zero point {}; int8 holds -128 to 127", quoted(tensor), zero_point),
                "convert the model again; the file is damaged or was made by a faulty converter");
}

bool operation_checker::window(int stride_h, int stride_w, int dilation_h, int dilation_w) const {
    constexpr int most = 1 << 15;
    for (int const value : {stride_h, stride_w, dilation_h, dilation_w}) {
        if (value >= 1 && value <= most) continue;
        return fail("stride or dilation out of range",
                    fmt::format("strides are {} and {}, dilations {} and {}; inlay takes 1 to {}", stride_h, stride_w, dilation_h, dilation_w, most),
                    "export the model again; the file is damaged or was made by a faulty converter");
    }
    return true;
}

bool operation_checker::reach(int taps_h, int taps_w, int dilation_h, int dilation_w) const {
    constexpr std::int64_t most = 1 << 28;  // leaves room for an image and its padding below 2^31
    auto const high = std::int64_t{taps_h} * dilation_h;
    auto const wide = std::int64_t{taps_w} * dilation_w;
    return require(taps_h >= 1 && taps_w >= 1 && high <= most && wide <= most, "filter out of range",
                   fmt::format("it has {} x {} taps, {} and {} apart; inlay takes up to {} pixels each way", taps_h, taps_w, dilation_h, dilation_w, most),
                   "export the model again; the file is damaged or was made by a faulty converter");
}

bool operation_checker::makes(inlay::shape const& computed, std::size_t k) const {
    if (!not_empty(out(k), "output")) return false;
    return out(k).shape == computed ||
           fail("the output's shape does not follow from the input's",
                fmt::format("the model says {} for {}, the operator makes {}", text_of(out(k).shape), quoted(out(k)), text_of(computed)),
                "export the model again with fixed shapes");
}

bool operation_checker::keeps_rows() const {
    return same_rows(in(0).shape, out().shape) || makes(in(0).shape);
}

}  // namespace inlay::tool
