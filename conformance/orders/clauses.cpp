// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/clauses.hpp"

#include <algorithm>
#include <string>

namespace lockstep::orders {

Clauses::Clauses(z3::context& context, z3::solver& solver) : context_{&context}, solver_{&solver} {
  variables_.push_back(context.bool_val(true));  // literal 0 does not exist
  variables_.push_back(context.bool_val(true));
}

Lit Clauses::fresh() {
  if (dry()) return lit_true;
  const auto lit = static_cast<Lit>(variables_.size());
  variables_.push_back(context_->bool_const(("l" + std::to_string(lit)).c_str()));
  return lit;
}

Lit Clauses::define(const z3::expr& formula) {
  const z3::expr simple = formula.simplify();
  if (simple.is_true()) return lit_true;
  if (simple.is_false()) return lit_false;
  const Lit lit = fresh();
  solver_->add(variables_[lit] == simple);
  return lit;
}

z3::expr Clauses::expr(Lit lit) {
  return lit > 0 ? variables_[lit] : !variables_[-lit];
}

void Clauses::add(std::span<const Lit> clause) {
  if (dry()) return;
  std::vector<Lit> lits;
  for (const Lit lit : clause) {
    if (lit == lit_true) return;
    if (lit == lit_false || std::ranges::find(lits, lit) != lits.end()) continue;
    if (std::ranges::find(lits, -lit) != lits.end()) return;
    lits.push_back(lit);
  }
  z3::expr_vector disjuncts{*context_};
  for (const Lit lit : lits) disjuncts.push_back(expr(lit));
  solver_->add(lits.empty() ? context_->bool_val(false) : z3::mk_or(disjuncts));
  ++clauses_;
}

bool Clauses::implies(Lit x, Lit y) const {
  if (x == y || y == lit_true || x == lit_false) return true;
  const auto found = parts_.find(x);
  return found != parts_.end() &&
         (implies(found->second.first, y) || implies(found->second.second, y));
}

Lit Clauses::both(Lit a, Lit b, bool exact) {
  if (a == lit_false || b == lit_false || a == -b) return lit_false;
  if (implies(a, b)) return a;
  if (implies(b, a)) return b;
  const std::pair<Lit, Lit> key = std::minmax(a, b);
  if (const auto found = exact_ands_.find(key); found != exact_ands_.end()) return found->second;
  auto& cache = exact ? exact_ands_ : ands_;
  if (const auto found = cache.find(key); found != cache.end()) return found->second;
  const Lit lit = fresh();
  add({-a, -b, lit});
  if (exact) {
    add({-lit, a});
    add({-lit, b});
    parts_[lit] = key;
  }
  return cache[key] = lit;
}

Lit Clauses::any(const std::vector<Lit>& alternatives, bool exact) {
  std::vector<Lit> lits;
  for (const Lit lit : alternatives) {
    if (lit == lit_true) return lit_true;
    if (lit != lit_false && std::ranges::find(lits, lit) == lits.end()) lits.push_back(lit);
  }
  if (lits.empty()) return lit_false;
  if (lits.size() == 1) return lits.front();
  const Lit result = fresh();
  for (const Lit lit : lits) add({-lit, result});
  if (exact) {
    lits.push_back(-result);
    add(lits);
  }
  return result;
}

}  // namespace lockstep::orders
