// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/observe.hpp"

#include "model/stopwatch.hpp"
#include "model/verdict.hpp"
#include "orders/encode/encoding.hpp"

namespace lockstep::orders {

namespace {

class Observer {
 public:
  Observer(Encoding& encoding, bool closed) : encoding_{encoding}, closed_{closed} {}

  /// An execution with this literal, null if there is none; sets `reason` if that is not known.
  std::optional<Execution> find(Lit lit, std::optional<bool> forbidden, std::string& reason) {
    if (lit == lit_false) return std::nullopt;
    switch (encoding_.check({lit, -encoding_.stray()})) {
      case Solver::Result::sat: return encoding_.witness(forbidden);
      case Solver::Result::unknown: reason = encoding_.gave_up(); break;
      case Solver::Result::unsat: break;
    }
    return std::nullopt;
  }

  void verdict(Observation& o) {
    o.shows = find(encoding_.forbidden(), true, o.reason);
    if (o.reason.empty()) o.lacks = find(-encoding_.forbidden(), false, o.reason);
    if (!o.reason.empty()) return;
    // What no execution shows may be due to one that reads what nobody has given a value.
    if (closed_ || !(o.shows && o.lacks)) o.reason = encoding_.strays();
    if (const auto& fault = encoding_.fault(); fault && fault->outcome == Outcome::reachable) {
      o.fault = fault->words;
      o.faulty = fault->execution;
      o.reason.clear();
    }
    if (!o.reason.empty()) return;
    if (!o.shows && !o.lacks) {
      o.empty = true;
      o.reason = Encoding::no_execution;
      return;
    }
    o.verdict = !o.shows ? Observed::never : o.lacks ? Observed::sometimes : Observed::always;
  }

  void race(Observation& o) {
    for (const auto& [name, lit] : encoding_.flags()) {
      std::string reason;
      o.racy = find(lit, std::nullopt, reason);
      if (o.racy) {
        o.race = true;
        o.flag = name;
        return;
      }
      if (reason.empty()) continue;
      o.reason = reason;
      return;
    }
    o.race = false;  // also where the model has no flags
  }

 private:
  Encoding& encoding_;
  bool closed_;
};

}  // namespace

Observation observe(const Program& program, const MemoryModel& model, const Limits& limits,
                    bool races) {
  const Stopwatch watch;
  Observation o;
  Encoding encoding{program, model, limits};
  try {
    encoding.build();
    Observer observer{encoding, program.closed};
    observer.verdict(o);
    if (races) observer.race(o);
  } catch (const Undecided& e) {
    o.reason = e.what();
  }
  o.events = program.events.size();
  o.clauses = encoding.clauses();
  o.seconds = watch.seconds();
  return o;
}

}  // namespace lockstep::orders
