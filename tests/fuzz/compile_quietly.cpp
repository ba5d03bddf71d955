// SPDX-License-Identifier: MIT
#include "compile_quietly.hpp"

#include "model/plan.hpp"
#include "passes/prepare.hpp"
#include "read/tflite.hpp"
#include "report.hpp"
#include "write/model_header.hpp"

#include <cstdlib>

namespace inlay::test {

outcome compile_quietly(std::span<std::byte const> file) {
    tool::report problems{"mutant.tflite"};
    tool::graph model = tool::read_tflite(file, "mutant.tflite", problems);
    if (!problems.empty()) {
        if (problems.text().empty()) std::abort();
        return model.tensors.empty() ? outcome::not_a_model : outcome::refused;
    }
    tool::check_operations(model, problems);
    if (!problems.empty()) return outcome::refused;
    tool::fold_constants(model);
    tool::plan_layout(model, tool::memory_mode::balanced);
    if (tool::write_model_header(model).empty()) std::abort();
    return outcome::compiled;
}

}  // namespace inlay::test
