// SPDX-License-Identifier: MIT
#include "write/plan_picture.hpp"

#include "model/names.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

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
constexpr double below_axis = 60;
constexpr double letter = 6.2;  // the width of a letter of 11 pixels, about

/// Places in the picture.
struct scale {
    double step;   // pixels of one step of time
    double bytes;  // pixels of one byte

    double x(int at_step) const { return left + at_step * step; }
    double y(int offset) const { return top + height - offset * bytes; }
};

std::string name_of_block(graph const& model, std::vector<std::string> const& names, placed_block const& block) {
    if (block.tensor >= 0) return names[static_cast<std::size_t>(block.tensor)];
    auto const& op = model.operations[static_cast<std::size_t>(block.operation)];
    return names[static_cast<std::size_t>(op.outputs[0])] + ", scratch";
}

std::string box(placed_block const& block, std::string const& name, scale const& to, std::size_t number) {
    constexpr std::array<std::string_view, 6> colours{"#8ecae6", "#ffd166", "#a7c957", "#f4a261", "#cdb4db", "#90dbb1"};
    double const x = to.x(block.first);
    double const width = to.x(block.last + 1) - x;
    double const y = to.y(block.offset + block.bytes);
    double const high = block.bytes * to.bytes;
    auto const words = fmt::format("{}: {} bytes from {}", name, block.bytes, block.offset);
    auto text = fmt::format("<g><title>{}</title><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" fill-opacity=\"0.7\" "
                            "stroke=\"#333\" stroke-width=\"0.6\"/>",
                            escaped(words), x, y, width, high, colours[number % colours.size()]);
    // The name runs along the longer side, as far as it has room there.
    bool const upright = high > width;
    auto const letters = static_cast<std::size_t>(std::max(0.0, (upright ? high : width) - 4) / letter);
    if ((upright ? width : high) >= 11 && letters >= 1) {
        auto const shown = name.size() <= letters ? name : name.substr(0, letters);
        double const mid_x = x + width / 2;
        double const mid_y = y + high / 2;
        text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" dominant-baseline=\"central\"{}>{}</text>", mid_x, mid_y,
                            upright ? fmt::format(" transform=\"rotate(-90 {:.1f} {:.1f})\"", mid_x, mid_y) : "", escaped(shown));
    }
    return text + "</g>\n";
}

}  // namespace

std::string draw_plan(graph const& model, memory_layout const& layout) {
    auto const names = node_names(model);
    int const steps = static_cast<int>(model.operations.size()) + 2;
    scale const to{std::clamp(1100.0 / steps, 16.0, 90.0), height / std::max(layout.arena_bytes, 1)};
    double const right = to.x(steps);
    auto text = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
                            "font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
                            right + 30, top + height + below_axis);
    text += fmt::format("<text x=\"{:.0f}\" y=\"20\" font-size=\"14\">{}: arena of {} bytes</text>\n", left, escaped(model.source), layout.arena_bytes);

    for (int part = 0; part <= 4; ++part) {
        int const offset = static_cast<int>(std::int64_t{layout.arena_bytes} * part / 4);
        text += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" y2=\"{1:.1f}\" stroke=\"#ccc\" stroke-width=\"0.5\"/>"
                            "<text x=\"{3:.1f}\" y=\"{1:.1f}\" text-anchor=\"end\" dominant-baseline=\"central\">{4}</text>\n",
                            left, to.y(offset), right, left - 6, offset);
    }
    for (std::size_t b = 0; b < layout.blocks.size(); ++b) text += box(layout.blocks[b], name_of_block(model, names, layout.blocks[b]), to, b);

    for (int step = 0; step < steps; ++step) {
        std::string const word = step == 0 ? "inputs" : step + 1 == steps ? "outputs" : fmt::format("{}", step - 1);
        text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", to.x(step) + to.step / 2, top + height + 16, word);
    }
    if (!model.operations.empty()) {
        int const peak = layout.peak_operation();
        auto const& op = model.operations[static_cast<std::size_t>(peak)];
        text += fmt::format("<rect x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"{2:.1f}\" height=\"{3:.1f}\" fill=\"none\" stroke=\"#d00000\" stroke-width=\"2\"/>"
                            "<text x=\"{0:.1f}\" y=\"{4:.1f}\" fill=\"#d00000\">peak: {5}</text>\n",
                            to.x(peak + 1), top, to.step, height, top + height + 36, escaped(op.location));
    }
    return text + "</svg>\n";
}

}  // namespace inlay::tool
