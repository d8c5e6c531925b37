// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encoding.hpp"

#include <stdexcept>

namespace lockstep::orders {

Encoding::Encoding(const Program& program, const MemoryModel& model, const Limits& limits)
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

Lit Encoding::open_order(int site, Order order) {
  return open_[{site, order}] = clauses_.fresh();
}

void Encoding::build() {
  communication_.open(open_);
  base_ = communication_.base();
  for (const Term& a : program_.assumptions) clauses_.add({values_.condition(a)});
  Evaluator evaluator{model_, base_, clauses_};
  for (const Axiom& axiom : model_.axioms) {
    if (!axiom.flag) evaluator.check(axiom);
  }
}

std::vector<std::pair<std::string, Lit>> Encoding::flags() {
  std::vector<std::pair<std::string, Lit>> out;
  Evaluator evaluator{model_, base_, clauses_};
  for (const Axiom& axiom : model_.axioms) {
    if (!axiom.flag) continue;
    std::vector<Lit> broken;
    for (const auto& [pair, lit] : evaluator.relation(axiom.body, Evaluator::Wanted::large)) {
      broken.push_back(lit);
    }
    out.emplace_back(axiom.name, clauses_.any(broken, true));
  }
  return out;
}

z3::check_result Encoding::check(const std::vector<Lit>& wanted) {
  z3::expr_vector assumptions{context_};
  for (const Lit lit : wanted) assumptions.push_back(clauses_.expr(lit));
  return solver_.check(assumptions);
}

std::vector<Lit> Encoding::core(const std::vector<Lit>& wanted) {
  std::vector<Lit> out;
  const z3::expr_vector found = solver_.unsat_core();
  for (const Lit lit : wanted) {
    for (unsigned i = 0; i < found.size(); ++i) {
      if (z3::eq(found[i], clauses_.expr(lit))) {
        out.push_back(lit);
        break;
      }
    }
  }
  return out;
}

Execution Encoding::witness(std::set<std::pair<int, Order>> open) {
  Execution x = communication_.execution(solver_.get_model());
  x.open = std::move(open);
  // The encoding and this evaluation share nothing but the relation algebra.
  const Breach found = breach(program_, x, model_);
  if (!found.axiom.empty()) {
    throw std::logic_error{"a witness of " + program_.name + " breaks the axiom '" + found.axiom +
                           "' of " + model_.name};
  }
  return x;
}

}  // namespace lockstep::orders
