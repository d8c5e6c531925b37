// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "orders/encode/execution.hpp"
#include "orders/encode/solver.hpp"

namespace lockstep::orders {

/// Can the program end in its forbidden way? `unknown` comes with the reason, and is never taken
/// for `never`: out of time, no execution at all within the bounds, a cell without initial value.
enum class Outcome { reachable, never, unknown };

constexpr std::string_view name_of(Outcome outcome) {
  constexpr std::string_view names[] = {"reachable", "never", "unknown"};
  return names[static_cast<int>(outcome)];
}

struct Limits {
  unsigned milliseconds = 60'000;  ///< for one query of the solver: about, see solver.hpp
  SolverName solver = SolverName::z3;
  // What the encoding does for speed, to be left out where its worth or its soundness is measured.
  bool narrow_values = true;   ///< as few bits as the program's values need
  bool break_symmetry = true;  ///< of threads that can change places, one order
};

/// With the faster solver: for many questions, none of which a protocol's promise hangs on.
inline Limits quick() {
  Limits limits;
  limits.solver = SolverName::cadical;
  return limits;
}

struct Decision {
  Outcome outcome = Outcome::unknown;
  std::string reason;                ///< of `unknown`
  bool fault = false;                ///< of `unknown`: some execution accesses what is no memory
  bool empty = false;                ///< of `unknown`: no execution ends within the bounds at all
  std::optional<Execution> witness;  ///< of `reachable`
  std::size_t events = 0, clauses = 0;
  double seconds = 0;
};

/// One model alone. The witness has been checked: it is evaluated once more without the solver.
Decision decide(const Program& program, const MemoryModel& model, const Limits& limits = {});

}  // namespace lockstep::orders
