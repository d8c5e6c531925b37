// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/encode.hpp"

#include "model/stopwatch.hpp"
#include "model/verdict.hpp"
#include "orders/encode/encoding.hpp"

namespace lockstep::orders {

Decision decide(const Program& program, const MemoryModel& model, const Limits& limits) {
  const Stopwatch watch;
  Decision d;
  Encoding encoding{program, model, limits};
  try {
    encoding.build();
    switch (encoding.check({encoding.forbidden(), -encoding.stray()})) {
      case Solver::Result::unknown: d.reason = encoding.gave_up(); break;
      case Solver::Result::sat:
        d.outcome = Outcome::reachable;
        d.witness = encoding.witness(true);
        break;
      case Solver::Result::unsat:
        d.reason = encoding.vacuous();
        if (d.reason.empty()) d.outcome = Outcome::never;
        d.fault = encoding.fault() && encoding.fault()->outcome == Outcome::reachable;
        d.empty = d.reason == Encoding::no_execution;
        break;
    }
  } catch (const Undecided& e) {
    d.reason = e.what();
  }
  d.events = program.events.size();
  d.clauses = encoding.clauses();
  d.seconds = watch.seconds();
  return d;
}

}  // namespace lockstep::orders
