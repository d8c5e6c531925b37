// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/encode.hpp"

#include "model/stopwatch.hpp"
#include "model/verdict.hpp"
#include "orders/encode/encoding.hpp"

namespace lockstep::orders {

namespace {

/// `forbidden`: is it the forbidden end that is asked for?
Decision search(Encoding& encoding, Lit asked, bool forbidden) {
  Decision d;
  switch (encoding.check({asked, -encoding.stray()})) {
    case Solver::Result::unknown: d.reason = encoding.gave_up(); break;
    case Solver::Result::sat:
      d.outcome = Outcome::reachable;
      d.witness = encoding.witness(forbidden ? std::optional{true} : std::nullopt);
      break;
    case Solver::Result::unsat:
      d.reason = encoding.vacuous();
      if (d.reason.empty()) d.outcome = Outcome::never;
      d.fault = encoding.fault() && encoding.fault()->outcome == Outcome::reachable;
      d.empty = d.reason == Encoding::no_execution;
      break;
  }
  return d;
}

Decision run(const Program& program, const MemoryModel& model, const Limits& limits, bool flags) {
  const Stopwatch watch;
  Decision d;
  Encoding encoding{program, model, limits};
  try {
    encoding.build();
    if (flags) {
      for (const auto& [name, raised] : encoding.flags()) {
        d = search(encoding, raised, false);
        if (d.outcome != Outcome::never) break;
      }
    } else {
      d = search(encoding, encoding.forbidden(), true);
    }
  } catch (const Undecided& e) {
    d.reason = e.what();
  }
  d.events = program.events.size();
  d.clauses = encoding.clauses();
  d.seconds = watch.seconds();
  return d;
}

}  // namespace

Decision decide(const Program& program, const MemoryModel& model, const Limits& limits) {
  return run(program, model, limits, false);
}

Decision decide_flags(const Program& program, const MemoryModel& model, const Limits& limits) {
  return run(program, model, limits, true);
}

}  // namespace lockstep::orders
