// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "machines/fiber.hpp"
#include "unbounded/structure.hpp"
#include "unbounded/ways.hpp"

namespace lockstep::unbounded {

/// What no task may do: touch what is gone, read what nobody has written, free twice.
struct Obligation {
  std::string what;      ///< "vm_refcnt: use after free"
  z3::expr_vector when;  ///< the conditions of the step up to there
  z3::expr holds;
};

/// A cell that a step touches, as the stepped machine notes it.
struct Touch {
  using Kind = Access::Kind;
  Kind kind;
  std::size_t function;
  Structure::Arguments at;
  z3::expr writes;  ///< a write: whether it does
};

/// A step of some task along a way, from a state that is the functions themselves. What
/// AutomatonSystem does with values is done here with terms; a test holds the two against each
/// other.
struct SymbolicStep {
  z3::expr task;
  z3::expr_vector conditions;  ///< all of them; what they say is no weaker than what the step does
  std::vector<Obligation> obligations;
  Structure after;
  std::vector<std::pair<std::string, z3::expr>> chosen;  ///< the step's arguments, and what it read
  std::vector<Touch> touches = {};
  unsigned at_site = 0;  ///< so many of the conditions are of the step up to its site
};

SymbolicStep perform(const Signature& signature, const Automaton& automaton, const Way& way);

}  // namespace lockstep::unbounded
