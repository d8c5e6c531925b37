// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "tla/lower.hpp"

namespace lockstep::tla {

/// Where TLC would stop with an error.
class CannotEvaluate : public std::runtime_error {
 public:
  CannotEvaluate(const Place& at, const std::string& what)
      : std::runtime_error(text(at) + ": " + what), place(at), what_is_wrong(what) {}
  Place place;
  std::string what_is_wrong;
};

/// An atom: one of the constants, of the state, of the state after, or a register.
struct Operand {
  std::uint32_t base = 0, index = 0;
};

struct Instruction {
  enum class Op : std::uint8_t {
    // Jumps to `to` if what is asked is `sense`.
    truth,     ///< of a
    equal_to,  ///< is a the atom `imm`?
    equal,     ///< are a and b the same atom?
    strict,    ///< ... of two kinds
    in,        ///< is a in table `imm`?
    is_number,
    less,
    less_equal,
    jump,  ///< in any case
    // Into register `imm`.
    add,
    subtract,
    multiply,
    modulo,
    move,
    increment,
    cell,       ///< of table of cells `to`, at one key
    deep_cell,  ///< at several: look-up `to`
    stop,       ///< outside of a domain
    end,        ///< the answer is a
  };
  Op op = Op::end;
  bool sense = true;
  Operand a, b;
  Atom imm = 0;
  std::uint32_t to = 0;
  NodeId node = 0;  ///< for messages
};

/// An expression as the machine runs it.
class Program {
 public:
  /// `symbols`: how many names there are. `lowered` must live as long.
  Program(const Lowered& lowered, NodeId root, std::size_t symbols);

  /// Throws CannotEvaluate. `after` may be null where nothing is primed.
  Atom run(const Atom* state, const Atom* after) const { return run<false>(state, after, nullptr); }
  /// The slots that run() reads, ascending, also where it stops.
  std::vector<std::size_t> slots_read(const Atom* state, const Atom* after) const;
  std::size_t size() const { return code_.size(); }

 private:
  using Label = std::size_t;
  struct Lookup {
    const Cells* cells;
    std::vector<Operand> keys;
    bool primed;
  };

  template <bool notes>
  Atom run(const Atom* state, const Atom* after, std::vector<std::size_t>* read) const;
  Label label();
  void place(Label label);
  void emit(Instruction instruction);
  void jump_to(Label label);
  void test(NodeId id, Label yes, Label no, bool yes_is_next);
  void branch(Instruction instruction, Label yes, Label no, bool yes_is_next);
  void junction(NodeId id, Label yes, Label no, bool yes_is_next);
  void same(NodeId id, Label yes, Label no, bool yes_is_next);
  Operand value(NodeId id);
  void value_into(NodeId id, std::uint32_t reg);
  std::uint32_t fresh();
  Operand constant(Atom atom);
  std::size_t weight(NodeId id) const;
  [[noreturn]] void stop(const Instruction& at, const std::string& what) const;
  [[noreturn]] void no_number(const Instruction& at, NodeId of) const;

  const Lowered& lowered_;
  std::size_t symbols_;
  std::vector<Instruction> code_;
  std::vector<Atom> constants_;
  std::vector<std::vector<std::uint8_t>> tables_;
  std::vector<const Cells*> cells_;
  std::vector<Lookup> lookups_;
  std::vector<std::uint32_t> labels_;
  bool primed_ = false;  ///< does it read the state after?
  mutable std::vector<Atom> registers_;
};

}  // namespace lockstep::tla
