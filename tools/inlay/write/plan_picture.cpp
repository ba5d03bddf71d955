// SPDX-License-Identifier: MIT
#include "write/plan_picture.hpp"

#include "model/names.hpp"
#include "model/streaming.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace inlay::tool {
namespace {

std::string escaped(std::string_view text) {
    std::string safe;
    for (char const c : text) {
        switch (c) {
            case '<': safe += "&lt;"; break;
            case '>': safe += "&gt;"; break;
            case '&': safe += "&amp;"; break;
            case '"': safe += "&quot;"; break;
            default: safe += c;
        }
    }
    return safe;
}

constexpr double left = 90;
constexpr double top = 50;
constexpr double height = 480;
constexpr double below_axis = 150;
constexpr double letter = 6.2;  // the width of a letter of 11 pixels, about

/// Places in the picture.
struct scale {
    double step;   // pixels of one step of time
    double bytes;  // pixels of one byte

    double x(double at_step) const { return left + at_step * step; }
    double y(double offset) const { return top + height - offset * bytes; }
};

/// A block with the moments at which it begins and ends, at its lowest and at its highest byte: where a result lies over an
/// input, the one grows as the other is used up.
struct shown_block {
    placed_block block;
    std::string name;
    double begin_low, begin_high;
    double end_low, end_high;
};

std::string name_of_block(graph const& model, std::vector<std::string> const& names, placed_block const& block) {
    if (block.tensor >= 0) return names[static_cast<std::size_t>(block.tensor)];
    auto const& op = model.operations[static_cast<std::size_t>(block.operation)];
    return names[static_cast<std::size_t>(op.outputs[0])] + ", scratch";
}

/// What a group keeps of its layers' results.
std::vector<kept_part> kept_of_group(graph const& model, int operation) {
    auto const& group = model.operations[static_cast<std::size_t>(operation)];
    return plan_stream(model, group.layers, reads_fed(model, group)).kept;
}

bool share_bytes(placed_block const& a, placed_block const& b) { return a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes; }

std::vector<shown_block> blocks_of(graph const& model, std::vector<std::string> const& names, memory_layout const& layout) {
    std::vector<shown_block> all;
    for (auto const& each : layout.blocks) {
        double const begin = each.first;
        double const end = each.last + 1;
        auto const add = [&](placed_block const& block, std::string name) { all.push_back({block, std::move(name), begin, begin, end, end}); };
        bool const is_group = each.operation >= 0 && !model.operations[static_cast<std::size_t>(each.operation)].layers.empty();
        if (!is_group) {
            add(each, name_of_block(model, names, each));
            continue;
        }
        for (auto const& [what, tensor, offset, bytes] : kept_of_group(model, each.operation)) {
            auto part = each;
            part.offset += offset;
            part.bytes = bytes;
            constexpr std::array<std::string_view, 3> words{", kept", ", sums", "scratch"};
            add(part, (tensor < 0 ? "" : names[static_cast<std::size_t>(tensor)]) + std::string{words[static_cast<std::size_t>(what)]});
        }
    }
    for (auto& in : all) {
        for (auto& out : all) {
            int const step = out.block.first;
            if (in.block.first >= step || in.block.last != step || !share_bytes(in.block, out.block)) continue;
            // The front moves over all bytes of both in one step.
            double const low = std::min(in.block.offset, out.block.offset);
            double const high = std::max(in.block.offset + in.block.bytes, out.block.offset + out.block.bytes);
            auto const order = layout.order[static_cast<std::size_t>(step - 1)];
            auto const moment = [&](double offset) {
                double const part = (offset - low) / (high - low);
                return step + (order == traversal::forward ? part : order == traversal::backward ? 1 - part : 0.5);
            };
            in.end_low = moment(in.block.offset);
            in.end_high = moment(in.block.offset + in.block.bytes);
            out.begin_low = moment(out.block.offset);
            out.begin_high = moment(out.block.offset + out.block.bytes);
        }
    }
    return all;
}

std::string box(shown_block const& shown, scale const& to, std::size_t number) {
    constexpr std::array<std::string_view, 6> colours{"#8ecae6", "#ffd166", "#a7c957", "#f4a261", "#cdb4db", "#90dbb1"};
    auto const& block = shown.block;
    double const low = to.y(block.offset);
    double const high = to.y(block.offset + block.bytes);
    return fmt::format("<g><title>{}</title><polygon points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\" fill=\"{}\" fill-opacity=\"0.8\" "
                       "stroke=\"#333\" stroke-width=\"0.6\"/></g>\n",
                       escaped(fmt::format("{}: {} bytes from {}", shown.name, block.bytes, block.offset)), to.x(shown.begin_low), low, to.x(shown.end_low),
                       low, to.x(shown.end_high), high, to.x(shown.begin_high), high, colours[number % colours.size()]);
}

/// The name, along the longer side of the box and as far as it has room there.
std::string label(shown_block const& shown, scale const& to) {
    auto const& block = shown.block;
    double const from = to.x((shown.begin_low + shown.begin_high) / 2);
    double const width = to.x((shown.end_low + shown.end_high) / 2) - from;
    double const high = block.bytes * to.bytes;
    bool const upright = high > width && shown.name.size() * letter > width - 4;
    auto const letters = static_cast<std::size_t>(std::max(0.0, (upright ? high : width) - 4) / letter);
    if ((upright ? width : high) < 11 || letters < 3) return "";
    auto const text = shown.name.size() <= letters ? escaped(shown.name) : escaped(shown.name.substr(0, letters - 1)) + "…";
    double const x = from + width / 2;
    double const y = to.y(block.offset) - high / 2;
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" dominant-baseline=\"central\"{}>{}</text>\n", x, y,
                       upright ? fmt::format(" transform=\"rotate(-90 {:.1f} {:.1f})\"", x, y) : "", text);
}

/// A line across the picture, with a number in front of it.
std::string level(int offset, int number, scale const& to, int steps, std::string_view colour) {
    return fmt::format("<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" y2=\"{1:.1f}\" stroke=\"{5}\" stroke-width=\"0.5\"/>"
                       "<text x=\"{3:.1f}\" y=\"{1:.1f}\" text-anchor=\"end\" dominant-baseline=\"central\">{4}</text>\n",
                       left, to.y(offset), to.x(steps), left - 6, number, colour);
}

/// Quarters of the arena; or the ends of the regions and their names.
std::string levels(memory_layout const& layout, scale const& to, int steps) {
    std::string text;
    if (layout.regions.empty()) {
        for (int part = 0; part <= 4; ++part) {
            int const offset = static_cast<int>(std::int64_t{layout.arena_bytes} * part / 4);
            text += level(offset, offset, to, steps, "#ccc");
        }
        return text;
    }
    text = level(0, 0, to, steps, "#333");
    for (auto const& each : layout.regions) {
        if (each.bytes == 0) continue;
        int const end = each.start + each.bytes;
        text += level(end, each.bytes, to, steps, "#333");
        text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\" fill=\"#333\">{}, {} of {} bytes</text>\n", to.x(steps) - 4, to.y(end) + 14,
                            escaped(each.of.name), each.bytes, each.of.bytes);
    }
    return text;
}

std::string axes(graph const& model, std::vector<std::string> const& names, memory_layout const& layout, scale const& to, int steps) {
    std::string text = levels(layout, to, steps);
    for (int step = 0; step < steps; ++step) {
        bool const runs = step > 0 && step + 1 < steps;
        std::string const word = step == 0 ? "inputs" : !runs ? "outputs" : names[static_cast<std::size_t>(model.operations[static_cast<std::size_t>(step - 1)].outputs[0])];
        double const x = to.x(step + 0.5) + 4;
        double const y = top + height + 14;
        text += fmt::format("<text x=\"{0:.1f}\" y=\"{1:.1f}\" text-anchor=\"end\" transform=\"rotate(-50 {0:.1f} {1:.1f})\">{2}</text>\n", x, y, escaped(word));
    }
    return text;
}

}  // namespace

std::string draw_plan(graph const& model, memory_layout const& layout) {
    auto const names = node_names(model);
    int const steps = static_cast<int>(model.operations.size()) + 2;
    scale const to{std::clamp(1100.0 / steps, 16.0, 90.0), height / std::max(layout.arena_bytes, 1)};
    auto text = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
                            "font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
                            to.x(steps) + 30, top + height + below_axis);
    text += fmt::format("<text x=\"{:.0f}\" y=\"20\" font-size=\"14\">{}: arena of {} bytes</text>\n", left, escaped(model.name), layout.arena_bytes);
    text += axes(model, names, layout, to, steps);
    auto const blocks = blocks_of(model, names, layout);
    for (std::size_t b = 0; b < blocks.size(); ++b) text += box(blocks[b], to, b);
    if (!model.operations.empty()) {
        int const peak = layout.peak_operation();
        auto const& op = model.operations[static_cast<std::size_t>(peak)];
        double const x = to.x(peak + 1);
        bool const leftwards = peak * 2 > steps;
        text += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"none\" stroke=\"#d00000\" stroke-width=\"2\"/>"
                            "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"#d00000\">peak: {}, {}</text>\n",
                            x, top, to.step, height, leftwards ? x + to.step : x, top - 8, leftwards ? "end" : "start",
                            escaped(names[static_cast<std::size_t>(op.outputs[0])]), escaped(op.kind));
    }
    for (auto const& each : blocks) text += label(each, to);
    return text + "</svg>\n";
}

}  // namespace inlay::tool
