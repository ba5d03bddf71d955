// SPDX-License-Identifier: MIT
// Pieces of code whose cycles are worked out by hand from the rules in tools/cycles/README.md.
#include "target/cycles.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "error.hpp"
#include "target/files.hpp"

using namespace inlay::tool;

namespace {

struct piece {
    std::string code;  // before the return; from a multiple of 16 on
    std::uint64_t instructions;
    std::uint64_t cycles;
};

/// Measures the pieces one after the other; each gives what it costs beyond a function that only returns.
std::vector<cycle_reading> measure(std::string const& target, cycle_rules const& rules, std::vector<piece> const& pieces) {
    std::string functions = "[[gnu::naked, gnu::aligned(16)]] void piece0() { asm volatile(\"bx lr\"); }\n";
    std::string calls;
    for (std::size_t k = 1; k <= pieces.size(); ++k) {
        functions += fmt::format("[[gnu::naked, gnu::aligned(16)]] void piece{}() {{ asm volatile(\".syntax unified\\n{}\\nbx lr\\n.ltorg\"); }}\n", k,
                                 pieces[k - 1].code);
        calls += fmt::format("    board::measure(piece{});\n", k);
    }
    temporary_directory const here;
    write_file(here.path() / "pieces.cpp", "#include \"meter.hpp\"\n" + functions + "int main() {\n" + calls + "    return 0;\n}\n");
    auto const readings = read_cycles(build_program(find_target(target), here.path() / "pieces.cpp"), rules);
    REQUIRE(readings.size() == 4 * pieces.size());
    std::vector<cycle_reading> found;
    for (std::size_t k = 0; k < readings.size(); k += 4) {
        auto const between = [&](auto member) {
            return (readings[k + 3].*member - readings[k + 2].*member) - (readings[k + 1].*member - readings[k].*member);
        };
        found.push_back({between(&cycle_reading::instructions), between(&cycle_reading::cycles)});
    }
    return found;
}

void check(std::string const& target, cycle_rules const& rules, std::vector<piece> const& pieces) {
    auto const found = measure(target, rules, pieces);
    for (std::size_t k = 0; k < pieces.size(); ++k) {
        CAPTURE(rules.core);
        CAPTURE(pieces[k].code);
        CHECK(found[k].instructions == pieces[k].instructions);
        CHECK(found[k].cycles == pieces[k].cycles);
    }
}

// A call and its return, through the stack.
constexpr auto call = "mov r12, lr\\nnop\\nbl 2f\\nmov lr, r12\\nb 3f\\n2: push {lr}\\npop {pc}\\n3:";

std::string repeat(char const* code, int times) {
    std::string all;
    for (int k = 0; k < times; ++k) all += code;
    return all;
}

/// What the Cortex-M3 and the M4 do alike.
std::vector<piece> armv7m_pieces() {
    return {
        {"nop\\nnop\\nnop\\nnop\\nnop\\nnop\\nnop", 7, 7},
        // Branches: a cycle more if taken, another if the target is wide and not on a word.
        {"movw r3, #1000\\n1: subs r3, #1\\nbne 1b", 2001, 1 + 1000 + 999 * 2 + 1},
        {"nop\\nmovw r3, #1000\\n1: subs.w r3, r3, #1\\nbne 1b", 2002, 1 + 1 + 1000 + 999 * 3 + 1},
        {"movs r3, #0\\ncbz r3, 1f\\nnop\\n1:", 2, 1 + 2},
        {"movs r3, #1\\ncbz r3, 1f\\nnop\\n1:", 3, 1 + 1 + 1},
        {call, 7, 1 + 1 + 2 + 2 + 5 + 1 + 2},
        {"movs r3, #1\\ntbb [pc, r3]\\n1: .byte 1, 2\\nnop\\nnop", 3, 1 + 6 + 1},  // to the second nop
        // Loads follow one another in the pipeline, unless the second needs what the first loads.
        {"ldr r0, [sp]\\nldr r1, [sp, #4]", 2, 2 + 1},
        {"ldr r0, [sp]\\nldr r1, [sp, #4]\\nldrb r2, [sp, #8]\\nldrsh.w r3, [sp, #12]", 4, 2 + 1 + 1 + 1},
        {"ldr r0, [sp]\\nnop\\nldr r1, [sp]", 3, 2 + 1 + 2},
        {"mov r2, sp\\npush {r2}\\nldr r1, [sp]\\nldr r0, [r1]\\nadd sp, #4", 5, 1 + 2 + 2 + 2 + 1},
        {"mov r2, sp\\nnop\\nldr r0, [r2], #4\\nldr r1, [r2], #4", 4, 1 + 1 + 2 + 1},
        {"mov r1, sp\\nldr r0, [r1]", 2, 1 + 3},
        {"mov r1, sp\\nnop\\nldr r0, [r1]", 3, 1 + 1 + 2},
        {"ldr r0, [sp]\\nstr r0, [sp, #-4]", 2, 2 + 1},
        {"str r0, [sp, #-4]\\nldr r0, [sp]", 2, 1 + 2},
        {"sub sp, #8\\nmovs r1, #0\\nnop\\nstr.w r0, [sp, r1]\\nldr r2, [sp]\\nadd sp, #8", 6, 1 + 1 + 1 + 2 + 2 + 1},
        {"push {r0-r3}\\npop {r0-r3}", 2, 5 + 5},
        {"ldr r0, [sp]\\nldrd r0, r1, [sp]\\nldr r2, [sp]", 3, 2 + 3 + 2},
        {"udiv r0, r1, r2", 1, 12},
        // An IT costs nothing after a narrow instruction; what it skips costs 1.
        {"cmp r0, r0\\nit eq\\nmoveq r1, r2", 3, 1 + 0 + 1},
        {"cmp.w r0, r0\\nit eq\\nmoveq r1, r2", 3, 1 + 1 + 1},
        {"cmp r0, r0\\nit ne\\nldrne r1, [sp]", 3, 1 + 0 + 1},
        {"cmp r0, r0\\nit eq\\nldreq r1, [sp]", 3, 1 + 0 + 2},
        {"cmp r0, r0\\nite ne\\nldrne r1, [sp]\\nldmeq sp, {r0-r2}", 4, 1 + 0 + 1 + 4},
    };
}

}  // namespace

TEST_CASE("read_cycles: Cortex-M3") {
    auto pieces = armv7m_pieces();
    pieces.push_back({"mul r0, r1, r2\\nmla r0, r1, r2, r3\\numull r0, r1, r2, r3\\nsmlal r0, r1, r2, r3", 4, 1 + 2 + 5 + 7});
    check("cortex-m3", {.core = "cortex-m3"}, pieces);
}

TEST_CASE("read_cycles: Cortex-M4") {
    auto pieces = armv7m_pieces();
    pieces.insert(pieces.end(),
                  {{"mul r0, r1, r2\\nmla r0, r1, r2, r3\\numull r0, r1, r2, r3\\nsmlal r0, r1, r2, r3", 4, 4},
                   {"smlad r0, r1, r2, r3\\nsmmlar r0, r1, r2, r3\\nssat r0, #8, r0\\nsxtb16 r1, r0, ror #8", 4, 4},
                   // Floating point: a result is needed a cycle later, except by a sum that it begins.
                   {"vmul.f32 s0, s1, s2\\nvadd.f32 s3, s4, s5", 2, 1 + 1},
                   {"vmul.f32 s0, s1, s2\\nvadd.f32 s3, s0, s5", 2, 1 + 2},
                   {"vmul.f32 s0, s1, s2\\nvmla.f32 s0, s4, s5", 2, 1 + 3},
                   {"vmla.f32 s0, s1, s2\\nvmla.f32 s3, s0, s5", 2, 3 + 4},
                   {"vldr s0, [sp]\\nvldr d1, [sp]\\nvdiv.f32 s1, s4, s5", 3, 2 + 3 + 14},
                   {"vpush {s0-s3}\\nvpop {s0-s3}\\nvmov r0, r1, s0, s1\\nvmov s0, r0", 4, 5 + 5 + 2 + 1}});
    check("cortex-m4", {.core = "cortex-m4"}, pieces);
}

TEST_CASE("read_cycles: Cortex-M0, M0+, and their slow multipliers") {
    auto const pieces = [](std::uint64_t taken, std::uint64_t call_and_return, std::uint64_t multiply) {
        return std::vector<piece>{{"nop\\nnop\\nnop\\nnop\\nnop\\nnop\\nnop", 7, 7},
                                  {"movs r3, #100\\n1: subs r3, #1\\nbne 1b", 201, 1 + 100 + 99 * taken + 1},
                                  {"ldr r0, [sp]\\nldr r1, [sp]\\nsub sp, #4\\nstr r0, [sp]\\nadd sp, #4", 5, 2 + 2 + 1 + 2 + 1},
                                  {"push {r0-r3}\\npop {r0-r3}", 2, 5 + 5},
                                  {call, 7, call_and_return},
                                  {"muls r0, r1, r0", 1, multiply}};
    };
    check("cortex-m0", {.core = "cortex-m0"}, pieces(3, 1 + 1 + 4 + 2 + 5 + 1 + 3, 1));
    check("microbit", {.core = "cortex-m0"}, pieces(3, 1 + 1 + 4 + 2 + 5 + 1 + 3, 1));
    check("cortex-m0", {.core = "cortex-m0plus"}, pieces(2, 1 + 1 + 3 + 2 + 4 + 1 + 2, 1));
    check("cortex-m0", {.core = "cortex-m0-slow-multiplier"}, pieces(3, 17, 32));
    check("cortex-m0", {.core = "cortex-m0plus-slow-multiplier"}, pieces(2, 14, 32));
}

TEST_CASE("read_cycles: flash that waits") {
    auto const nops = repeat("nop\\n", 64);
    SUBCASE("lines as long as they take to fetch cost nothing") {
        check("cortex-m4", {.core = "cortex-m4", .flash = {.wait_states = 4, .width = 128}}, {{nops, 64, 64}});
    }
    SUBCASE("short lines are waited for") {
        // Two instructions a line, of five cycles that the next one takes; the return stands in the 33rd.
        check("cortex-m4", {.core = "cortex-m4", .flash = {.wait_states = 4, .width = 32}}, {{nops, 64, 64 + 32 * 3}});
    }
    SUBCASE("a loop in one line is fetched once, and one in two each time") {
        check("cortex-m4", {.core = "cortex-m4", .flash = {.wait_states = 4, .width = 128}},
              {{"movw r3, #1000\\n1: subs r3, #1\\nbne 1b", 2001, 3000},
               {"nop\\nnop\\nnop\\nnop\\nmovs r3, #100\\nnop\\n1: subs r3, #1\\nnop\\nnop\\nbne 1b", 406,
                4 + 1 + 1 + 100 * 3 + 99 * 2 + 1 + 0 + 99 * (4 + 3)}});
    }
    SUBCASE("a cache keeps both lines of the loop") {
        auto const loop = [](int times) {
            return piece{fmt::format("nop\\nnop\\nnop\\nnop\\nmovs r3, #{}\\nnop\\n1: subs r3, #1\\nnop\\nnop\\nbne 1b", times), 0, 0};
        };
        auto const found = measure("cortex-m4", {.core = "cortex-m4", .flash = {.wait_states = 4, .width = 128, .code_cache = 1024}}, {loop(50), loop(50), loop(150)});
        CHECK(found[2].cycles - found[1].cycles == 100 * (3 + 2));  // the first one brought the measuring code, too
    }
    SUBCASE("constants come in lines, too") {
        // From two lines by turns, five times each, and as often from one.
        auto const from = [](char const* first, char const* second) {
            auto const twice = fmt::format("ldr r0, {}\\nldr r1, {}\\n", first, second);
            return piece{repeat(twice.c_str(), 5) + "bx lr\\n.balign 16\\n1: .word 1, 2, 3, 4, 5", 10, 0};
        };
        std::vector const pieces{from("1f", "1f + 4"), from("1f", "1f + 16")};
        auto const buffered = measure("cortex-m4", {.core = "cortex-m4", .flash = {.wait_states = 4, .width = 128}}, pieces);
        CHECK(buffered[1].cycles - buffered[0].cycles == 9 * 4);
        auto const cached = measure("cortex-m4", {.core = "cortex-m4", .flash = {.wait_states = 4, .width = 128, .data_cache = 256}}, pieces);
        CHECK(cached[1].cycles - cached[0].cycles == 4);
    }
}

TEST_CASE("read_cycles: what the plugin cannot use is told") {
    auto const built = [] {
        temporary_directory const here;
        write_file(here.path() / "none.cpp", "#include \"meter.hpp\"\nint main() { board::measure([] {}); return 0; }\n");
        return build_program(find_target("cortex-m4"), here.path() / "none.cpp");
    }();
    CHECK(read_cycles(built, {.core = "cortex-m4"}).size() == 4);
    try {
        read_cycles(built, {.core = "cortex-m1"});
        FAIL("it counted");
    } catch (tool_error const& error) {
        CHECK(error.why.find("core=cortex-m1: there is no such setting") != std::string::npos);
    }
}
