// SPDX-License-Identifier: MIT
//
// The entry for LLVM's libFuzzer, which looks for mutants that reach new code: fuzz_tflite_coverage CORPUS-DIRECTORY
#include "compile_quietly.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    inlay::test::compile_quietly(std::as_bytes(std::span{data, size}));
    return 0;
}
