// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <z3++.h>

namespace lockstep::unbounded {

/// How long the next check may take.
inline void limit(z3::solver& solver, unsigned milliseconds) {
  z3::params p(solver.ctx());
  p.set("timeout", milliseconds);
  p.set("ctrl_c", false);  // a signal is the program's; Z3 would take it for the query alone
  solver.set(p);
}

/// The same question to a solver that has seen no other: it is slower to begin with, but what was
/// asked before cannot lead it astray. The model is in `fresh`.
inline z3::check_result check_afresh(const z3::solver& solver, unsigned milliseconds,
                                     z3::solver& fresh) {
  for (const z3::expr& e : solver.assertions()) fresh.add(e);
  limit(fresh, milliseconds);
  return fresh.check();
}

}  // namespace lockstep::unbounded
