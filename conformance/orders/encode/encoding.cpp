// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/encoding.hpp"

#include <stdexcept>

#include "orders/encode/wellformed.hpp"

namespace lockstep::orders {

Encoding::Encoding(const Program& program, const MemoryModel& model, const Limits& limits)
    : program_{program},
      model_{model},
      limits_{limits},
      clauses_{make_solver(limits.solver, limits.milliseconds)},
      values_{clauses_, limits.narrow_values ? domains_of(program) : std::nullopt,
              !small_numbers(program)},
      communication_{program, values_, clauses_} {}

Lit Encoding::open_order(int site, Order order) {
  return open_[{site, order}] = clauses_.fresh();
}

void Encoding::build() {
  communication_.open(open_);
  base_ = communication_.base(limits_.break_symmetry);
  for (const Term& a : program_.assumptions) clauses_.add({values_.condition(a)});
  evaluator_.emplace(model_, base_, clauses_);
  for (const Axiom& axiom : model_.axioms) {
    if (!axiom.flag) evaluator_->check(axiom);
  }
}

std::vector<std::pair<std::string, Evaluator::Ref>> Encoding::flagged() {
  std::vector<std::pair<std::string, Evaluator::Ref>> out;
  for (const Axiom& axiom : model_.axioms) {
    if (!axiom.flag) continue;
    out.emplace_back(axiom.name, evaluator_->relation(axiom.body, Evaluator::Wanted::large));
  }
  return out;
}

std::vector<std::pair<std::string, Lit>> Encoding::flags() {
  std::vector<std::pair<std::string, Lit>> out;
  for (const auto& [name, pairs] : flagged()) {
    std::vector<Lit> broken;
    for (const Edge& e : *pairs) broken.push_back(e.lit);
    out.emplace_back(name, clauses_.any(broken, true));
  }
  return out;
}

std::string Encoding::strays() {
  if (stray() == lit_false) return "";
  switch (check({stray()})) {
    case Result::sat: break;
    case Result::unknown: return gave_up();
    case Result::unsat: return "";
  }
  if (!program_.closed) return communication_.describe_stray();
  // What a thread does after such an access is made up here: asked once more without it.
  if (!fault_) fault_ = first_fault(program_, model_, limits_);
  return fault_->outcome == Outcome::never ? "" : fault_->words;
}

std::string Encoding::vacuous(std::vector<Lit> also) {
  if (std::string why = strays(); !why.empty()) return why;
  also.push_back(-stray());
  switch (check(also)) {
    case Result::unsat: return no_execution;
    case Result::unknown: return gave_up();
    case Result::sat: break;
  }
  return "";
}

Execution Encoding::witness(std::optional<bool> forbidden, std::set<std::pair<int, Order>> open) {
  Execution x = communication_.execution();
  x.open = std::move(open);
  const auto wrong = [this](const std::string& what) -> std::logic_error {
    return std::logic_error{"a witness of " + program_.name + " under " + model_.name + ": " +
                            what};
  };
  if (const std::string why = malformed(program_, x); !why.empty()) throw wrong(why);
  const bool ends_so = value_in(x, program_.forbidden) != 0;
  if (forbidden && *forbidden != ends_so) throw wrong("it does not end as it was asked to");
  // The encoding and this evaluation share nothing but the relation algebra.
  const Breach found = breach(program_, x, model_);
  if (!found.axiom.empty()) throw wrong("it breaks the axiom '" + found.axiom + "'");
  return x;
}

}  // namespace lockstep::orders
