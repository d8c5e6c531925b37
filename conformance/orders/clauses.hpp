// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <z3++.h>

#include <initializer_list>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lockstep::orders {

/// A literal: a Boolean of the solver, or its negation as the negative number.
using Lit = int;
inline constexpr Lit lit_true = 1;
inline constexpr Lit lit_false = -1;

/// Clauses over literals, handed to z3. In a *dry* store every literal is true or false and
/// nothing is asserted: the same evaluator then computes over one known execution, or finds out
/// which cells of a relation can hold at all.
class Clauses {
 public:
  /// A dry store.
  Clauses() = default;
  Clauses(z3::context& context, z3::solver& solver);

  bool dry() const { return solver_ == nullptr; }
  Lit fresh();
  /// A literal that is equivalent to a Boolean of z3.
  Lit define(const z3::expr& formula);
  z3::expr expr(Lit lit);
  /// At least one of them. Drops what is trivially true.
  void add(std::initializer_list<Lit> clause) { add(std::span{clause.begin(), clause.size()}); }
  void add(std::span<const Lit> clause);

  /// a /\ b. One-sided: implied by the two; `exact`: and implies them.
  Lit both(Lit a, Lit b, bool exact = false);
  /// Implied by each of them; `exact`: and implies that one of them holds.
  Lit any(const std::vector<Lit>& alternatives, bool exact = false);
  /// Is it known that x implies y, from how x was made?
  bool implies(Lit x, Lit y) const;
  std::size_t size() const { return clauses_; }

 private:
  z3::context* context_ = nullptr;
  z3::solver* solver_ = nullptr;
  std::vector<z3::expr> variables_;
  std::map<std::pair<Lit, Lit>, Lit> ands_, exact_ands_;
  std::unordered_map<Lit, std::pair<Lit, Lit>> parts_;  ///< of an exact conjunction
  std::size_t clauses_ = 0;
};

}  // namespace lockstep::orders
