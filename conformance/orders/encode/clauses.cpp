// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/clauses.hpp"

#include <algorithm>
#include <cstdlib>

namespace lockstep::orders {

void Clauses::add(std::span<const Lit> clause) {
  if (dry()) return;
  clean_.clear();
  for (const Lit lit : clause) {
    if (lit == lit_true) return;
    if (lit == lit_false || std::ranges::find(clean_, lit) != clean_.end()) continue;
    if (std::ranges::find(clean_, -lit) != clean_.end()) return;
    clean_.push_back(lit);
  }
  solver_->add(clean_);
  ++clauses_;
}

Solver::Result Clauses::check(std::span<const Lit> assumptions) {
  std::vector<Lit> wanted;
  for (const Lit lit : assumptions) {
    if (lit == lit_false) return Solver::Result::unsat;
    if (lit != lit_true) wanted.push_back(lit);
  }
  return solver_->check(wanted);
}

bool Clauses::implies(Lit x, Lit y) const {
  if (x == y || y == lit_true || x == lit_false) return true;
  if (parts_.empty()) return false;
  const auto found = parts_.find(x);
  return found != parts_.end() &&
         (implies(found->second.first, y) || implies(found->second.second, y));
}

Lit Clauses::both(Lit a, Lit b, bool exact) {
  if (a == lit_false || b == lit_false || a == -b) return lit_false;
  if (a == lit_true || a == b) return b;
  if (b == lit_true) return a;
  if (implies(a, b)) return a;
  if (implies(b, a)) return b;
  const auto [low, high] = std::minmax(a, b);
  const Key k = key(low, high);
  if (const auto found = exact_ands_.find(k); found != exact_ands_.end()) return found->second;
  auto& cache = exact ? exact_ands_ : ands_;
  if (const auto found = cache.find(k); found != cache.end()) return found->second;
  const Lit lit = fresh();
  add({-a, -b, lit});
  if (exact) {
    add({-lit, a});
    add({-lit, b});
    parts_[lit] = {low, high};
  }
  return cache[k] = lit;
}

Lit Clauses::any(std::span<const Lit> alternatives, bool exact) {
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

Lit Clauses::all(std::span<const Lit> parts) {
  if (parts.size() == 2) return both(parts[0], parts[1], true);
  std::vector<Lit> negated;
  for (const Lit lit : parts) negated.push_back(-lit);
  return -any(negated, true);
}

Lit Clauses::same(Lit a, Lit b) {
  if (a == b) return lit_true;
  if (a == -b) return lit_false;
  if (a == lit_true || a == lit_false) return a == lit_true ? b : -b;
  if (b == lit_true || b == lit_false) return b == lit_true ? a : -a;
  const bool flipped = (a < 0) != (b < 0);
  const Lit low = std::min(std::abs(a), std::abs(b)), high = std::max(std::abs(a), std::abs(b));
  Lit& known = equals_[key(low, high)];
  if (known == 0) {
    known = fresh();
    add({-known, -low, high});
    add({-known, low, -high});
    add({known, low, high});
    add({known, -low, -high});
  }
  return flipped ? -known : known;
}

Lit Clauses::choose(Lit c, Lit a, Lit b) {
  if (c == lit_true || a == b) return a;
  if (c == lit_false) return b;
  if (a == lit_false) return both(-c, b, true);
  if (b == lit_false) return both(c, a, true);
  if (a == lit_true) return -both(-c, -b, true);
  if (b == lit_true) return -both(c, -a, true);
  if (a == -b) return same(c, a);
  const Lit out = fresh();
  add({-c, -a, out});
  add({-c, a, -out});
  add({c, -b, out});
  add({c, b, -out});
  return out;
}

}  // namespace lockstep::orders
