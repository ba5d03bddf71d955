// SPDX-License-Identifier: MIT
// From the text of a header to numbers, on the host and on boards.
#include "target/image.hpp"

#include <doctest/doctest.h>
#include <span>

#include "error.hpp"
#include "target/files.hpp"

using namespace inlay::tool;

namespace {

/// A network with two inputs, two outputs and a state: `total` is the state after `left + right` was added to it.
std::string accumulator_header(int elements) {
    std::string text = R"(#pragma once
#include <inlay/inlay.hpp>

namespace accumulator {
using namespace inlay;
using numbers = tensor<std::int8_t, shape{1, ELEMENTS}>;

struct add_up {
    template <class Layer, tensor_type A, tensor_type B>
    static consteval auto output(A, B) { return A{}; }

    template <class Isa, tensor_type Out, tensor_type A, tensor_type B>
    static constexpr void eval(Isa, inlay::view<Out> out, const_view<A> a, const_view<B> b) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::int8_t>(a[i] + b[i]);
    }
};

struct accumulate {
    template <class Layer, tensor_type A, tensor_type S>
    static consteval auto output(A, S) { return A{}; }

    template <class Isa, tensor_type Out, tensor_type A, tensor_type S>
    static constexpr void eval(Isa, inlay::view<Out> out, const_view<A> a, inlay::view<S> kept) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = kept[i] = static_cast<std::int8_t>(a[i] + kept[i]);
    }
};

struct left : input<numbers> {};
struct right : input<numbers> {};
struct kept : state<numbers> {};
struct sum : layer<add_up, left, right> {};
struct total : layer<accumulate, sum, kept> {};
struct model : network<left, right, kept, sum, total> {
    using outputs = list<sum, total>;
};
}  // namespace accumulator
)";
    return text.replace(text.find("ELEMENTS"), 8, std::to_string(elements));
}

image_request request_for(driver program, std::string header = accumulator_header(3)) {
    return {.header = std::move(header),
            .model_namespace = "accumulator",
            .program = program};
}

raw_tensor raw(std::initializer_list<int> values) {
    raw_tensor bytes;
    for (int const value : values) bytes.push_back(static_cast<std::byte>(value));
    return bytes;
}

std::uint64_t splitmix64(std::uint64_t& state) {
    std::uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

/// What the accumulator answers in its first run on the inputs of seed 1001: both outputs are the sum.
std::uint64_t accumulator_hash(int elements) {
    std::uint64_t state = 1001;
    std::vector<std::uint8_t> sum;
    for (int i = 0; i < elements; ++i) sum.push_back(static_cast<std::uint8_t>(splitmix64(state) >> 56));
    for (auto& each : sum) each = static_cast<std::uint8_t>(each + (splitmix64(state) >> 56));
    std::uint64_t hash = 0xCBF29CE484222325;
    for (int output = 0; output < 2; ++output) {
        for (auto const byte : sum) hash = (hash ^ byte) * 0x100000001B3;
    }
    return hash;
}

}  // namespace

TEST_CASE("run_image: steps run on one engine, one after the other") {
    for (std::string const name : {"host", "cortex-m4", "microbit"}) {
        CAPTURE(name);
        auto const built = build_image(find_target(name), request_for(driver::run));
        CHECK(built.compile_seconds > 0);
        CHECK(built.compile_peak_mb > 1);
        for (int again = 0; again < 2; ++again) {  // every run begins with a fresh state
            auto const result = run_image(built, {raw({1, 2, 3, 4, 5, 6}), raw({10, 20, 30, 40, 50, -60})});
            REQUIRE(result.outputs.size() == 2);
            CHECK(result.outputs[0] == raw({11, 22, 33, 44, 55, -54}));
            CHECK(result.outputs[1] == raw({11, 22, 33, 55, 77, -21}));
            CHECK(result.layers.empty());
        }
    }
}

TEST_CASE("run_image: trace records every layer of every step") {
    for (std::string const name : {"host", "cortex-m55"}) {
        CAPTURE(name);
        auto const built = build_image(find_target(name), request_for(driver::trace));
        auto const result = run_image(built, {raw({1, 2, 3, 1, 1, 1}), raw({0, 0, 0, 0, 0, 1})});
        CHECK(result.layers == raw({1, 2, 3, 1, 2, 3, 1, 1, 2, 2, 3, 5}));
    }
}

TEST_CASE("run_image: inputs that are not whole steps") {
    auto const built = build_image(find_target("host"), request_for(driver::run));
    try {
        run_image(built, {raw({1, 2, 3, 4}), raw({1, 2, 3})});
        FAIL("it ran");
    } catch (tool_error const& error) {
        CHECK(error.text() == "the program for host: ended with status 1\n  why   in0.bin: step 1 has 1 of 3 bytes\n");
    }
    CHECK_THROWS_AS(run_image(built, {raw({1, 2, 3, 4, 5, 6}), raw({1, 2, 3})}), tool_error);
    CHECK_THROWS_AS(run_image(built, {raw({1, 2, 3})}), tool_error);
}

TEST_CASE("bench_image: counts, sizes and the hash of the outputs") {
    for (auto const& on : all_targets()) {
        CAPTURE(on.name);
        auto request = request_for(driver::bench, accumulator_header(100));
        auto const result = bench_image(build_image(on, request));
        CHECK(result.output_fnv1a64 == accumulator_hash(100));
        CHECK(result.engine_bytes >= 400);  // left or sum, right, kept, total
        CHECK(result.arena_bytes >= 400);
        CHECK(result.flash_bytes > 0);
        CHECK(result.ram_bytes >= result.engine_bytes + result.stack_bytes.value_or(0));
        if (on.is_host()) {
            CHECK(result.nanoseconds.has_value());
            CHECK_FALSE(result.instructions.has_value());
        } else {
            CHECK(result.instructions.value() > 20);
            CHECK(result.instructions.value() < 20000);
            CHECK(result.flash_bytes < 4096);
            CHECK(result.ram_bytes < result.engine_bytes + result.stack_bytes.value() + 64);
            auto const again = bench_image(build_image(on, request));
            CHECK(again.instructions == result.instructions);
        }
    }
}

TEST_CASE("bench_image: what each layer costs") {
    for (auto const* name : {"host", "cortex-m4", "cortex-m55"}) {
        CAPTURE(name);
        auto const result = bench_image(build_image(find_target(name), request_for(driver::bench_layers, accumulator_header(1000))));
        REQUIRE(result.layers.size() == 2);
        CHECK(result.layers[0] > 0);
        CHECK(result.layers[1] > 0);
        if (!result.instructions) continue;
        // What stands between the layers is not theirs.
        CHECK(result.layers[0] + result.layers[1] > *result.instructions * 9 / 10);
        CHECK(result.layers[0] + result.layers[1] < *result.instructions * 11 / 10);
    }
}

TEST_CASE("bench_image: made-up inputs of every element type") {
    std::string header = R"(#pragma once
#include <inlay/inlay.hpp>

namespace mixed {
using namespace inlay;

struct copy {
    template <class Layer, tensor_type A>
    static consteval auto output(A) { return A{}; }

    template <class Isa, tensor_type Out, tensor_type A>
    static constexpr void eval(Isa, inlay::view<Out> out, const_view<A> a) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = a[i];
    }
};

template <class T>
struct in : input<tensor<T, shape{1, 5}>> {};
template <class T>
struct out : layer<copy, in<T>> {};
template <class... T>
struct copies : network<in<T>..., out<T>...> {
    using outputs = list<out<T>...>;
};
struct model : copies<std::uint8_t, float, std::int16_t, std::int32_t, bool, std::int64_t> {};
}  // namespace mixed
)";
    std::uint64_t state = 1001;
    std::uint64_t hash = 0xCBF29CE484222325;
    auto const add = [&]<class T>(T (*convert)(std::uint64_t)) {
        for (int i = 0; i < 5; ++i) {
            T const value = convert(splitmix64(state));
            for (auto const byte : std::as_bytes(std::span{&value, 1})) {
                hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001B3;
            }
        }
    };
    add(+[](std::uint64_t z) { return static_cast<std::uint8_t>(z >> 56); });
    add(+[](std::uint64_t z) { return static_cast<float>(static_cast<double>(z >> 40) / 8388608 - 1); });
    add(+[](std::uint64_t z) { return static_cast<std::int16_t>(z >> 48); });
    add(+[](std::uint64_t z) { return static_cast<std::int32_t>((z >> 32) % 4); });
    add(+[](std::uint64_t z) { return z >> 63 == 1; });
    add(+[](std::uint64_t z) { return static_cast<std::int64_t>((z >> 32) % 4); });

    for (std::string const name : {"host", "cortex-m0", "cortex-m55"}) {
        CAPTURE(name);
        auto const built = build_image(find_target(name), {.header = header, .model_namespace = "mixed", .program = driver::bench});
        CHECK(bench_image(built).output_fnv1a64 == hash);
    }
}

TEST_CASE("build_image: a header that does not compile is told in the compiler's words") {
    auto request = request_for(driver::run);
    request.header += "static_assert(1 == 2, \"budget: too large\");\n";
    try {
        build_image(find_target("cortex-m3"), request);
        FAIL("it compiled");
    } catch (tool_error const& error) {
        CHECK(error.status == exit_status::failed);
        CHECK(error.where == "model.hpp for cortex-m3");
        CHECK(error.what == "does not compile");
        CHECK(error.why.find("budget: too large") != std::string::npos);
        CHECK(error.mend.starts_with("the command was: arm-none-eabi-g++ "));
    }
}

TEST_CASE("build_image: a network larger than the board's memory") {
    try {
        build_image(find_target("microbit"), request_for(driver::run, accumulator_header(5000)));
        FAIL("it fitted");
    } catch (tool_error const& error) {
        CHECK(error.what == "does not fit the board's memory");
        CHECK(error.why.find("region `RAM' overflowed") != std::string::npos);
    }
}

TEST_CASE("build_image: a static object with a constructor is refused") {
    auto request = request_for(driver::run);
    request.header += "inline int make() { int volatile x = 3; return x; }\ninline int const made = make();\n";
    try {
        build_image(find_target("cortex-m0"), request);
        FAIL("it linked");
    } catch (tool_error const& error) {
        CHECK(error.why.find("make it constinit") != std::string::npos);
    }
}

TEST_CASE("build_image: another compiler, and one that is not there") {
    auto request = request_for(driver::run);
    request.compiler = "clang++ -DANYTHING=1";
    request.optimize = optimisation::size;
    CHECK(run_image(build_image(find_target("host"), request), {raw({1, 2, 3}), raw({1, 1, 1})}).outputs[1] == raw({2, 3, 4}));
    request.compiler = "no-such-compiler";
    CHECK_THROWS_AS(build_image(find_target("host"), request), tool_error);
}

TEST_CASE("run_program: constants and data as large as those of float models") {
    temporary_directory const here;
    auto const source = here.path() / "large.cpp";
    write_file(source, R"(
        asm(".section .rodata.table, \"a\" \n .global table \n table: .fill 1500000, 1, 7 \n .byte 9 \n .text");
        extern "C" unsigned char const table[];
        static unsigned char volatile data[3000000];
        static int volatile initialised = 5;
        int main() {
            if (table[1499999] != 7 || table[1500000] != 9 || initialised != 5) return 1;
            for (auto const& byte : data) if (byte != 0) return 2;
            data[2999999] = 3;
            return data[2999999] == 3 ? 0 : 3;
        })");
    for (auto const& on : all_targets()) {
        if (on.is_host() || on.name == "microbit") continue;
        CAPTURE(on.name);
        CHECK(run_program(build_program(on, source)).empty());
    }
}

TEST_CASE("build_program: a heap, and printf, do not link") {
    temporary_directory const here;
    auto const source = here.path() / "heap.cpp";
    for (std::string const body : {"#include <cstdlib>\nint main() { return std::malloc(8) == nullptr; }",
                                   "#include <cstdio>\nint main(int n, char**) { return std::printf(\"%d\", n); }",
                                   "int main(int n, char**) { return *new int volatile[8]{n}; }"}) {
        CAPTURE(body);
        write_file(source, body);
        CHECK_THROWS_AS(build_program(find_target("cortex-m4"), source), tool_error);
    }
}

TEST_CASE("run_program: a program that does not end, and one that overruns its stack") {
    temporary_directory const here;
    auto const write = [&](char const* name, std::string_view text) {
        write_file(here.path() / name, text);
        return here.path() / name;
    };
    auto const& on = find_target("cortex-m33");
    auto const endless = build_program(on, write("endless.cpp", "int main() { for (int volatile i = 0;;) i = i + 1; }\n"));
    try {
        run_program(endless, std::chrono::seconds{1});
        FAIL("it ended");
    } catch (tool_error const& error) {
        CHECK(error.what == "did not end in 1 seconds");
    }
    auto const deep = build_program(on, write("deep.cpp",
        "[[gnu::noinline]] int fall(int volatile* depth) {\n"
        "    int volatile more[64];\n"
        "    more[*depth & 63] = *depth;\n"
        "    if (*depth == 0) return 0;\n"
        "    *depth = *depth - 1;\n"
        "    return fall(depth) + more[*depth & 63];\n"
        "}\n"
        "int main() {\n"
        "    int volatile depth = 100000;\n"
        "    return fall(&depth);\n"
        "}\n"));
    try {
        run_program(deep);
        FAIL("it ended well");
    } catch (tool_error const& error) {
        CHECK(error.what == "ended with status 99");
        CHECK(error.why.starts_with("fault: the core stopped the program, CFSR "));
    }
}
