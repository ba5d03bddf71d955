// SPDX-License-Identifier: MIT
/// What the time of an instruction depends on.
#pragma once
#include <cstdint>
#include <span>

namespace inlay::cycles {

enum class kind : std::uint8_t {
    other,             // data processing and what is as fast
    multiply_add,      // MLA, MLS
    multiply_long,     // SMULL, UMULL
    multiply_add_long, // SMLAL, UMLAL, UMAAL and the like, without the DSP extension's
    multiply,          // MUL, and all of the DSP extension
    divide,
    special,           // MRS, MSR, barriers
    if_then,
    load,              // one register
    store_immediate,   // one register, address from a register and a constant
    store_register,    // one register, address from two registers
    load_multiple,     // LDM, POP, LDRD, and the floating-point ones
    store_multiple,
    load_float,        // VLDR
    store_float,
    table_branch,      // TBB, TBH
    branch,            // where to is in the instruction
    branch_link,       // BL
    branch_register,   // BX, BLX, and data processing that writes the program counter
    float_fast,        // arithmetic of one cycle, conversions
    float_multiply_add,
    float_divide,      // and square root
    float_move,        // between registers, compare, negate
    float_move_two     // of two core registers at once
};

/// Registers as bits: r0 to r15, and from bit 16 s0 to s31.
using register_set = std::uint64_t;

struct instruction {
    std::uint32_t address = 0;
    std::uint8_t size = 0;        // bytes
    kind what = kind::other;
    std::uint8_t words = 0;       // that a load or store moves
    bool loads_pc = false;
    bool is_predicated = false;   // within the reach of an IT
    register_set reads{};
    register_set writes{};
    register_set addresses{};     // of the registers read those that make the address of an access
    register_set addend{};        // of the registers read the one that a floating-point multiply-add adds to

    bool is_load() const { return what == kind::load || what == kind::load_multiple || what == kind::load_float; }
    bool is_memory() const { return what >= kind::load && what <= kind::store_float; }
    bool is_branch() const { return loads_pc || (what >= kind::table_branch && what <= kind::branch_register); }
    bool is_float_arithmetic() const { return what >= kind::float_fast && what <= kind::float_divide; }
};

/// Reads Thumb instructions.
class decoder {
public:
    decoder();
    ~decoder();
    decoder(decoder const&) = delete;
    decoder& operator=(decoder const&) = delete;

    /// `predicates`, if it is an IT: how many instructions after it depend on its condition; else 0.
    struct result {
        instruction what{};
        int predicates = 0;
    };
    result decode(std::uint32_t address, std::span<std::uint8_t const> bytes) const;

private:
    std::size_t handle_ = 0;  // the library's
};

}  // namespace inlay::cycles
