// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/fault.hpp"

#include "model/verdict.hpp"
#include "orders/encode/encoding.hpp"

namespace lockstep::orders {

namespace {

Term or_true(const Term& t) {
  return t == nullptr ? term::constant(1) : t;
}

/// The program whose threads stop before an access to what is no memory.
class Stopping {
 public:
  explicit Stopping(const Program& program)
      : before_{program}, stopped{program}, faults(program.events.size()) {
    std::vector<Term> cells;
    for (const Event& e : program.events) cells.push_back(goes_astray(e));
    stopped.closed = false;
    stopped.forbidden = term::constant(0);
    const auto ordered = program_order(program);
    for (const Event& e : program.events) {
      if (e.thread == initial_thread) continue;
      Term on = term::constant(1);  // nothing has stopped the thread so far
      for (const Event& f : program.events) {
        if (f.id != e.id && !ordered[f.id][e.id]) continue;
        const Term& astray = cells[f.id];
        if (astray == nullptr) continue;
        on = term::both(on, term::negate(term::both(or_true(f.guard), astray)));
      }
      stopped.events[e.id].guard = term::both(or_true(e.guard), on);
      const Term& astray = cells[e.id];
      if (astray == nullptr) continue;
      faults[e.id] = term::both(or_true(e.guard), astray);
      stopped.forbidden = term::either(stopped.forbidden, faults[e.id]);
    }
    for (Term& assumption : stopped.assumptions) {
      Term unread = term::constant(0);
      for (const Dependency& d : reads_of(assumption, program)) {
        for (const Event& f : program.events) {
          if (faults[f.id] != nullptr && (f.id == d.read || ordered[f.id][d.read])) {
            unread = term::either(unread, faults[f.id]);
          }
        }
      }
      assumption = term::either(assumption, unread);
    }
  }

 private:
  const Program& before_;

  /// Under which condition the cell is none, where the access happens; null = it always is one.
  Term goes_astray(const Event& e) const {
    const bool access = e.act == Act::read || e.act == Act::write;
    if (!access || e.thread == initial_thread || (e.in_rmw && e.act == Act::write)) return nullptr;
    Term cell = term::constant(0);
    for (const Event& w : before_.events) {
      if (w.thread == initial_thread) cell = term::either(cell, same_cell(w.cell, e.cell));
    }
    return term::is_constant(cell, 1) ? nullptr : term::negate(cell);
  }

 public:
  Program stopped;
  /// By event: it goes astray, if its thread comes so far. Where one has stopped its thread, what
  /// this says of later ones means nothing.
  std::vector<Term> faults;
};

std::string words_of(const Program& program, const Execution& x, const Event& e) {
  const std::string who = program.threads[e.thread] + "." + e.site;
  const Atom object = value_in(x, e.cell.object);
  if (object == 0) return who + " dereferences a null pointer";
  if (!is_symbol(object)) {
    return who + " dereferences " + std::to_string(object) + ", which is no variable's address";
  }
  if (e.cell.index == nullptr) return who + " dereferences what is no variable's address";
  return who + " accesses element " + std::to_string(value_in(x, e.cell.index)) +
         " of an array that has no such element";
}

}  // namespace

Fault first_fault(const Program& program, const MemoryModel& model, const Limits& limits) {
  const Stopping stopping{program};
  Encoding encoding{stopping.stopped, model, limits};
  Fault out;
  try {
    encoding.build();
    switch (encoding.check({encoding.forbidden(), -encoding.stray()})) {
      case Solver::Result::unknown: out.words = encoding.gave_up(); return out;
      case Solver::Result::unsat: out.outcome = Outcome::never; return out;
      case Solver::Result::sat: break;
    }
    out.execution = encoding.witness(true);
  } catch (const Undecided& e) {
    out.words = e.what();
    return out;
  }
  out.outcome = Outcome::reachable;
  for (const Event& e : program.events) {
    if (stopping.faults[e.id] == nullptr || value_in(*out.execution, stopping.faults[e.id]) == 0) {
      continue;
    }
    out.words = words_of(program, *out.execution, e);
    break;
  }
  return out;
}

}  // namespace lockstep::orders
