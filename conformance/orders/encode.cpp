// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode.hpp"

#include <chrono>
#include <stdexcept>

#include "model/verdict.hpp"
#include "orders/communication.hpp"
#include "orders/evaluate.hpp"

namespace lockstep::orders {

namespace {

using Clock = std::chrono::steady_clock;

/// One program under one model in the solver.
class Encoding {
 public:
  Encoding(const Program& program, const MemoryModel& model, const Limits& limits)
      : program_{program},
        model_{model},
        solver_{context_, "QF_FD"},
        clauses_{context_, solver_},
        values_{context_, clauses_},
        communication_{program, values_, clauses_} {
    z3::params p{context_};
    p.set("timeout", limits.milliseconds);
    solver_.set(p);
  }

  Decision run(bool flags) {
    const auto start = Clock::now();
    Decision d;
    try {
      const Lit asked = build(flags);
      d = search(asked);
    } catch (const Undecided& e) {
      d.reason = e.what();
    }
    d.events = program_.events.size();
    d.clauses = clauses_.size();
    d.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return d;
  }

 private:
  Lit build(bool flags) {
    const Base base = communication_.base();
    for (const Term& a : program_.assumptions) clauses_.add({values_.condition(a)});
    Evaluator evaluator{model_, base, clauses_};
    std::vector<Lit> broken;
    for (const Axiom& axiom : model_.axioms) {
      if (!axiom.flag) evaluator.check(axiom);
      if (!axiom.flag || !flags) continue;
      for (const auto& [pair, lit] : evaluator.relation(axiom.body, Evaluator::Wanted::large)) {
        broken.push_back(lit);
      }
    }
    if (flags) return clauses_.any(broken, true);
    return values_.condition(program_.forbidden);
  }

  z3::check_result check(std::vector<Lit> wanted) {
    z3::expr_vector assumptions{context_};
    for (const Lit lit : wanted) assumptions.push_back(clauses_.expr(lit));
    return solver_.check(assumptions);
  }

  Decision search(Lit asked) {
    const Lit stray = communication_.stray();
    Decision d;
    const auto undecided = [&](z3::check_result r) {
      if (r != z3::unknown) return false;
      d.reason = "the solver gave up: " + solver_.reason_unknown();
      return true;
    };
    z3::check_result result = check({asked, -stray});
    if (undecided(result)) return d;
    if (result == z3::sat) {
      d.outcome = Outcome::reachable;
      d.witness = communication_.execution(solver_.get_model());
      verify(*d.witness);
      return d;
    }
    // `never` must not be due to a program that cannot run, or that reads what was not given.
    if (stray != lit_false) {
      result = check({stray});
      if (undecided(result)) return d;
      if (result == z3::sat) {
        d.reason = communication_.describe_stray(solver_.get_model());
        return d;
      }
    }
    result = check({-stray});
    if (undecided(result)) return d;
    if (result == z3::unsat) {
      d.reason = "no execution at all ends within the bounds";
      return d;
    }
    d.outcome = Outcome::never;
    return d;
  }

  /// The encoding and this evaluation share nothing but the relation algebra.
  void verify(const Execution& witness) const {
    const Breach found = breach(program_, witness, model_);
    if (!found.axiom.empty()) {
      throw std::logic_error{"a witness of " + program_.name + " breaks the axiom '" + found.axiom +
                             "' of " + model_.name};
    }
  }

  const Program& program_;
  const MemoryModel& model_;
  z3::context context_;
  z3::solver solver_;
  Clauses clauses_;
  Values values_;
  Communication communication_;
};

}  // namespace

Decision decide(const Program& program, const MemoryModel& model, const Limits& limits) {
  return Encoding{program, model, limits}.run(false);
}

Decision decide_flags(const Program& program, const MemoryModel& model, const Limits& limits) {
  return Encoding{program, model, limits}.run(true);
}

}  // namespace lockstep::orders
