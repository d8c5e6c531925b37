// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <vector>

#include "machines/world.hpp"
#include "model/automaton.hpp"
#include "model/step.hpp"

namespace lockstep {

/// The values that the terms of one step may mention, besides the locals in the state.
struct StepValues {
  const Atom* state = nullptr;
  std::size_t task_index = 0;  ///< of the task within its role
  Atom self = 0;
  Atom old = 0;                 ///< `@`
  const Atom* also = nullptr;   ///< of the site, as many as it has
  const Atom* peeks = nullptr;  ///< of the edge
  std::array<Atom, Step::max_args> arguments{};
};

/// A term whose variables have been looked up: fast to evaluate.
class CompiledTerm {
 public:
  CompiledTerm() = default;
  /// A null term is TRUE.
  CompiledTerm(const Term& term, const World& world, std::size_t role);
  Atom operator()(const StepValues& values) const { return evaluate(nodes_.size() - 1, values); }
  bool empty() const { return nodes_.empty(); }

 private:
  enum class Source : std::uint8_t { none, local, self, old, also, peek, argument };
  struct Part {
    Op op;
    Source source = Source::none;
    Atom value = 0;  ///< of a constant; else the slot or number
    std::array<std::uint32_t, 3> args{};
  };
  std::uint32_t add(const Term& term, const World& world, std::size_t role);
  Atom evaluate(std::size_t part, const StepValues& values) const;

  std::vector<Part> nodes_;
};

/// A cell whose object and index are terms.
struct CompiledCell {
  const World::Cells* cells = nullptr;  ///< null where the access has none
  CompiledTerm object, index;

  CompiledCell() = default;
  CompiledCell(const CellTerm& cell, const World& world, std::size_t role);
};

}  // namespace lockstep
