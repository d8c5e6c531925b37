// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "orders/encode/solver.hpp"

namespace lockstep::orders {

/// Where clauses go, and the circuits out of which they are made. Without a solver ("dry") nothing
/// is asserted, every fresh literal is true, and one and the same evaluation of a model says what a
/// known execution breaks.
class Clauses {
 public:
  /// A dry store.
  Clauses() = default;
  explicit Clauses(std::unique_ptr<Solver> solver) : solver_{std::move(solver)} {}

  bool dry() const { return solver_ == nullptr; }
  Solver& solver() { return *solver_; }
  Lit fresh() { return dry() ? lit_true : ++variables_; }
  /// At least one of them. Drops what is trivially true.
  void add(std::initializer_list<Lit> clause) { add(std::span{clause.begin(), clause.size()}); }
  void add(std::span<const Lit> clause);

  /// a /\ b. One-sided: implied by the two; `exact`: and implies them.
  Lit both(Lit a, Lit b, bool exact = false);
  /// Implied by each of them; `exact`: and implies that one of them holds.
  Lit any(std::span<const Lit> alternatives, bool exact = false);
  /// All of them, exact.
  Lit all(std::span<const Lit> parts);
  /// a = b, exact.
  Lit same(Lit a, Lit b);
  /// a if c else b, exact.
  Lit choose(Lit c, Lit a, Lit b);
  /// Is it known that x implies y, from how x was made?
  bool implies(Lit x, Lit y) const;
  std::size_t size() const { return clauses_; }

  Solver::Result check(std::span<const Lit> assumptions);
  bool holds(Lit lit) const { return lit == lit_true || (lit != lit_false && solver_->value(lit)); }

 private:
  using Key = std::uint64_t;
  static Key key(Lit a, Lit b) {
    return static_cast<Key>(static_cast<std::uint32_t>(a)) << 32 | static_cast<std::uint32_t>(b);
  }

  std::unique_ptr<Solver> solver_;
  std::unordered_map<Key, Lit> ands_, exact_ands_, equals_;
  std::unordered_map<Lit, std::pair<Lit, Lit>> parts_;  ///< of an exact conjunction
  std::vector<Lit> clean_;
  Lit variables_ = lit_true;
  std::size_t clauses_ = 0;
};

}  // namespace lockstep::orders
