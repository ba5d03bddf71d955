// SPDX-License-Identifier: MIT
#include "model/streaming.hpp"

#include "error.hpp"
#include "model/plan.hpp"
#include "operators/operator.hpp"

#include <inlay/graph/memory_plan.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <utility>

namespace inlay::tool {
namespace {

using streaming::stage;

/// Pixels that layers make at a time where their readers need no more. Kernels of instruction sets make whole rows.
int tile_of(graph const& model) { return model.isa == instruction_set::portable ? 1 : 0; }

image_grid grid_of(tensor_description const& tensor) {
    auto const& extents = tensor.shape;
    int const element = bytes_of(tensor.type);
    if (extents.rank == 4 && extents.n() == 1) return {extents.h(), extents.w(), extents.c() * element};
    return {1, 1, static_cast<int>(tensor.bytes())};
}

std::vector<int> images_of(graph const& model, operation const& op) {
    std::vector<int> images;
    for (int const t : op.inputs) {
        if (t != operation::absent && !model.tensors[static_cast<std::size_t>(t)].is_constant) images.push_back(t);
    }
    return images;
}

bool can_stream(graph const& model, operation const& op) {
    auto const reading = find_operator(op.kind)->reading;
    return reading != nullptr && op.outputs.size() == 1 && images_of(model, op).size() <= 2 && reading(model, op).has_value();
}

/// Bytes of one of the sums by which results of this type are made.
int sum_bytes_of(element_type type) { return type == element_type::float32 ? bytes_of(type) : bytes_of(element_type::int32); }

/// Positions in a grid are 16-bit numbers, and each pixel is walked when a group is considered.
bool is_small(image_grid const& grid) {
    constexpr int most_pixels = 1 << 20;
    constexpr int longest = std::numeric_limits<std::int16_t>::max() - 1;
    return grid.rows <= longest && grid.columns <= longest && std::int64_t{grid.rows} * grid.columns <= most_pixels;
}

/// Which tensors the operations behind a point need, and what runs of operations may become groups.
class grouping {
public:
    explicit grouping(graph const& model) : model_{model}, last_read_(model.tensors.size(), -1), made_by_(model.tensors.size(), -1) {
        for (std::size_t i = 0; i < model.operations.size(); ++i) {
            for (int const t : model.operations[i].inputs) {
                if (t != operation::absent) last_read_[index(t)] = static_cast<int>(i);
            }
            for (int const t : model.operations[i].outputs) made_by_[index(t)] = static_cast<int>(i);
        }
        for (int const t : model.outputs) last_read_[index(t)] = count();
        for (std::size_t t = 0; t < model.tensors.size(); ++t) {
            if (model.tensors[t].is_variable) last_read_[t] = count();
        }
    }

    int count() const { return static_cast<int>(model_.operations.size()); }

    /// The tensor that operations first to last read from outside, if they can be a group.
    std::optional<int> image_of(int first, int last) const {
        std::optional<int> image;
        for (int i = first; i <= last; ++i) {
            auto const& op = model_.operations[index(i)];
            if (!can_stream(model_, op) || !is_small(grid_of(model_.out(op)))) return {};
            for (int const t : images_of(model_, op)) {
                if (made_by_[index(t)] >= first) continue;
                if (image && *image != t) return {};
                image = t;
            }
            bool const is_inner = i < last;
            if (is_inner && last_read_[index(op.outputs[0])] > last) return {};
        }
        if (!image || !is_small(grid_of(model_.tensors[index(*image)]))) return {};
        return image;
    }

    /// The bytes of everything while a group runs.
    std::int64_t cost(int first, int last, int image, bool is_fed) const {
        auto const plan = plan_stream(model_, std::span{model_.operations}.subspan(index(first), index(last - first + 1)), is_fed);
        auto const in = static_cast<std::int64_t>(model_.tensors[index(image)].bytes());
        auto const out = static_cast<std::int64_t>(model_.out(model_.operations[index(last)]).bytes());
        std::int64_t bytes = plan.kept_bytes;
        if (is_fed) {
            bytes += out;
        } else if (last_read_[index(image)] <= last) {
            bytes += std::max(in + std::max(plan.distance, 0), out);
        } else {
            bytes += in + out;
        }
        for (std::size_t t = 0; t < model_.tensors.size(); ++t) {
            auto const& tensor = model_.tensors[t];
            bool const is_there = made_by_[t] >= 0 ? made_by_[t] < first : tensor.is_variable || std::ranges::find(model_.inputs, static_cast<int>(t)) != model_.inputs.end();
            if (!tensor.is_constant && is_there && last_read_[t] > last && static_cast<int>(t) != image) bytes += static_cast<std::int64_t>(tensor.bytes());
        }
        return bytes;
    }

private:
    static std::size_t index(int i) { return static_cast<std::size_t>(i); }

    graph const& model_;
    std::vector<int> last_read_;
    std::vector<int> made_by_;
};

operation group_of(graph const& model, int first, int last, int image) {
    operation group{.kind = "STREAMED", .location = {}, .options = {}, .inputs = {image}, .outputs = {}, .layers = {}};
    for (int i = first; i <= last; ++i) group.layers.push_back(model.operations[static_cast<std::size_t>(i)]);
    group.location = group.layers.front().location;
    group.outputs = group.layers.back().outputs;
    return group;
}

/// Operations first to last, which become a group if they are several or read what is fed.
struct run {
    int first;
    int last;
    std::int64_t bytes;
    std::optional<int> image;  ///< of a group

    int streamed() const { return image ? last - first + 1 : 0; }
};

/// All operations alone, and all groups.
std::vector<run> runs_of(graph const& model) {
    // Longer groups cost more to look at than they are likely to bring.
    constexpr int longest = 64;
    grouping const groups{model};
    auto const alone = least_bytes_of_operations(model);
    std::vector<run> runs;
    for (int first = 0; first < groups.count(); ++first) {
        bool const is_fed = model.is_fed && first == 0;
        if (!is_fed) runs.push_back({first, first, alone[static_cast<std::size_t>(first)], {}});
        for (int last = first + (is_fed ? 0 : 1); last < std::min(groups.count(), first + longest); ++last) {
            auto const image = groups.image_of(first, last);
            bool const reads_input = image && *image == model.inputs[0];
            if (image && (!is_fed || reads_input)) runs.push_back({first, last, groups.cost(first, last, *image, is_fed), image});
        }
    }
    return runs;
}

/// The runs, one behind the other, that need the fewest bytes, and among those the ones with the fewest layers in groups.
std::vector<run> best_runs(graph const& model) {
    auto const runs = runs_of(model);
    auto const count = model.operations.size();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    // By operation: what those before it need.
    std::vector<std::int64_t> bytes(count + 1, most);
    bytes[0] = 0;
    for (auto const& each : runs) {
        auto& reached = bytes[static_cast<std::size_t>(each.last) + 1];
        reached = std::min(reached, std::max(bytes[static_cast<std::size_t>(each.first)], each.bytes));
    }
    std::vector<int> streamed(count + 1, std::numeric_limits<int>::max() / 2);
    std::vector<run const*> before(count + 1);
    streamed[0] = 0;
    for (auto const& each : runs) {
        auto const end = static_cast<std::size_t>(each.last) + 1;
        int const layers = streamed[static_cast<std::size_t>(each.first)] + each.streamed();
        if (each.bytes > bytes[count] || layers >= streamed[end]) continue;
        streamed[end] = layers;
        before[end] = &each;
    }
    std::vector<run> best;
    for (std::size_t end = count; end > 0 && before[end] != nullptr; end = static_cast<std::size_t>(best.back().first)) best.push_back(*before[end]);
    std::ranges::reverse(best);
    return best;
}

}  // namespace

stream_plan plan_stream(graph const& model, std::span<operation const> layers, bool is_fed) {
    stream_plan plan;
    std::vector<int> made_by(model.tensors.size());  // by tensor: its stage; the image's is 0
    plan.stages.push_back({.result = grid_of(model.tensors[static_cast<std::size_t>(images_of(model, layers[0])[0])]), .reads = {}});
    for (auto const& op : layers) {
        stage next{.result = grid_of(model.out(op)), .reads = *find_operator(op.kind)->reading(model, op)};
        int k = 0;
        for (int const t : images_of(model, op)) next.inputs[k++] = made_by[static_cast<std::size_t>(t)];
        made_by[static_cast<std::size_t>(op.outputs[0])] = static_cast<int>(plan.stages.size());
        plan.stages.push_back(next);
    }

    streaming::list_readers(plan.stages);
    auto const count = plan.stages.size();
    std::vector<streaming::need> needs(count);
    std::vector<std::int16_t> wanted_by(count);
    for (bool is_fine = false; !is_fine;) {
        streaming::choose_steps(plan.stages, tile_of(model), needs);
        auto const start = streaming::start_measures(plan.stages, std::vector<streaming::position>(count), std::vector<streaming::need>(count), is_fed);
        auto const measured = streaming::measure(plan.stages, start, wanted_by, std::numeric_limits<int>::max());
        plan.distance = measured.distance;
        is_fine = streaming::accept(plan.stages, measured.needs, needs);
    }

    auto const tensor_of = [&](std::size_t s) { return s == 0 ? images_of(model, layers[0])[0] : layers[s - 1].outputs[0]; };
    auto const description = [&](int t) -> tensor_description const& { return model.tensors[static_cast<std::size_t>(t)]; };
    auto const place = [&](kept_part::what what, int tensor, int bytes, int unit) {
        plan.kept_bytes = planning::aligned(plan.kept_bytes, unit);
        plan.kept.push_back({what, tensor, plan.kept_bytes, bytes});
        plan.kept_bytes += bytes;
    };
    // The sums lie first, as they are the strictest about their place.
    for (std::size_t s = 1; s < count; ++s) {
        auto const& made = description(tensor_of(s));
        int const unit = sum_bytes_of(made.type);
        if (plan.stages[s].is_sum()) place(kept_part::what::sums, tensor_of(s), made.shape.size() * unit, unit);
    }
    auto const sums = static_cast<std::ptrdiff_t>(plan.kept.size());
    for (std::size_t s = is_fed ? 0 : 1; s + 1 < count; ++s) {
        auto const& of = plan.stages[s];
        if (of.lies_in == stage::none) place(kept_part::what::pixels, tensor_of(s), of.kept_pixels() * of.result.pixel, bytes_of(description(tensor_of(s)).type));
    }
    std::rotate(plan.kept.begin(), plan.kept.begin() + sums, plan.kept.end());
    int words = 0;  // for one kernel at a time
    for (std::size_t s = 1; s < count; ++s) {
        bool const by_rows = plan.stages[s].tile == 0 && !plan.stages[s].is_sum();
        if (by_rows) words = std::max(words, kernel_for(model, layers[s - 1]).scratch_words);
    }
    int const word = bytes_of(element_type::uint32);
    if (words > 0) place(kept_part::what::kernel, -1, words * word, word);
    return plan;
}

bool reads_fed(graph const& model, operation const& group) { return model.is_fed && group.inputs[0] == model.inputs[0]; }

std::string kept_text(stage const& made) {
    if (made.lies_in != stage::none) return "made where it is overwritten";
    if (made.is_sum() || made.keeps_pixels) return "kept by the pixel";
    return fmt::format("{} rows kept", made.kept_rows);
}

int count_layers(graph const& model) {
    int count = 0;
    for_each_layer(model, [&](operation const&) { ++count; });
    return count;
}

void stream_layers(graph& model, memory_mode mode, bool is_fed) {
    model.is_fed = is_fed;
    bool const is_wanted = mode == memory_mode::min;
    if (model.operations.empty() || !(is_wanted || is_fed)) return;
    auto const runs = best_runs(model);
    if (is_fed && (runs.empty() || !runs[0].image)) {
        auto const& first = model.operations[0];
        throw tool_error{.where = first.location, .what = "its input cannot be fed row by row",
                         .why = fmt::format("{} {}", first.kind, can_stream(model, first) ? "reads another tensor besides" : "needs its input whole"),
                         .mend = "leave --feed out"};
    }
    auto grouped = model;
    grouped.operations.clear();
    for (auto const& each : runs) {
        auto const first = static_cast<std::size_t>(each.first);
        grouped.operations.push_back(each.image ? group_of(model, each.first, each.last, *each.image) : model.operations[first]);
    }
    // What needs few bytes by itself need not fit with the rest.
    if (is_fed || plan_layout(grouped, mode).arena_bytes < plan_layout(model, mode).arena_bytes) model = std::move(grouped);
}

}  // namespace inlay::tool
