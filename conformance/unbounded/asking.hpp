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

/// The same question to solvers that have seen no other: they are slower to begin with, but what
/// was asked before cannot lead them astray. One takes a wrong turn that another does not, so the
/// time goes to several, each with its own seed: every other one the bare core, which takes the
/// question as it is, the others with what Z3 makes of it first. The model is in `fresh`.
inline z3::check_result check_afresh(const z3::solver& solver, unsigned milliseconds,
                                     z3::solver& fresh) {
  constexpr unsigned seeds = 4;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    z3::solver next =
        seed % 2 == 0 ? z3::solver(solver.ctx(), z3::solver::simple{}) : z3::solver(solver.ctx());
    z3::params p(solver.ctx());
    p.set("random_seed", seed);
    next.set(p);
    for (const z3::expr& e : solver.assertions()) next.add(e);
    limit(next, milliseconds / seeds);
    const z3::check_result result = next.check();
    fresh = next;
    if (result != z3::unknown) return result;
  }
  return z3::unknown;
}

}  // namespace lockstep::unbounded
