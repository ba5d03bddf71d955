// SPDX-License-Identifier: MIT
#include "model/order.hpp"

#include "text.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <vector>

namespace inlay::tool {
namespace {

constexpr int nobody = -1;   ///< makes the tensor
constexpr int given = -2;    ///< input, constant or variable: there from the start

constexpr char const* mend_order = "the file is damaged, or its converter is: convert the model again";

/// Who makes each tensor: an operation's index, or one of the above. Tells of tensors that are made twice.
std::vector<int> find_makers(graph const& model, report& problems) {
    std::vector<int> maker(model.tensors.size(), nobody);
    for (std::size_t i = 0; i < model.tensors.size(); ++i) {
        if (model.tensors[i].is_constant || model.tensors[i].is_variable) maker[i] = given;
    }
    for (int const input : model.inputs) {
        int& by = maker[static_cast<std::size_t>(input)];
        if (by == given) {
            problems.add(describe_tensor(model, input), "is an input of the model and something else, too",
                         "it is listed twice among the inputs, or it is a constant or a variable", mend_order);
        }
        by = given;
    }
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        for (int const output : model.operations[i].outputs) {
            int& by = maker[static_cast<std::size_t>(output)];
            if (model.tensors[static_cast<std::size_t>(output)].is_variable) {
                problems.add(model.operations[i].location, fmt::format("writes the variable {}", describe_tensor(model, output)),
                             "inlay has variables that an operator changes as one of its inputs", "convert the model without this variable");
            } else if (by != nobody) {
                problems.add(model.operations[i].location, fmt::format("writes {}, which is made already", describe_tensor(model, output)),
                             by == given ? "it is an input or a constant of the model"
                                         : fmt::format("{} writes it, too", model.operations[static_cast<std::size_t>(by)].location),
                             mend_order);
            } else {
                by = static_cast<int>(i);
            }
        }
    }
    return maker;
}

}  // namespace

std::string describe_tensor(graph const& model, int tensor) {
    std::string const& name = model.tensors[static_cast<std::size_t>(tensor)].name;
    return name.empty() ? fmt::format("tensor {}", tensor) : fmt::format("tensor {} \"{}\"", tensor, printable(name, 80));
}

void check_order(graph const& model, report& problems) {
    std::vector<int> const makers = find_makers(model, problems);
    auto const maker_of = [&](int tensor) { return makers[static_cast<std::size_t>(tensor)]; };

    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        for (int const input : model.operations[i].inputs) {
            if (input == operation::absent) continue;
            int const by = maker_of(input);
            if (by == nobody) {
                problems.add(model.operations[i].location, fmt::format("reads {}, which nothing makes", describe_tensor(model, input)),
                             "it is no input, no constant, no variable, and no operator's output", mend_order);
            } else if (by >= static_cast<int>(i)) {
                problems.add(model.operations[i].location, fmt::format("reads {} before it is made", describe_tensor(model, input)),
                             fmt::format("{} makes it; operators run in the order of the file", model.operations[static_cast<std::size_t>(by)].location),
                             mend_order);
            }
        }
    }
    for (int const output : model.outputs) {
        if (maker_of(output) == nobody) {
            problems.add(describe_tensor(model, output), "is an output of the model, but nothing makes it", {}, mend_order);
        }
    }
}

}  // namespace inlay::tool
