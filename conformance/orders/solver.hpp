// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace lockstep::orders {

/// A literal: the number of a variable, negative where it is negated. 1 is true.
using Lit = int;
inline constexpr Lit lit_true = 1;
inline constexpr Lit lit_false = -1;

/// A solver of clauses over literals, asked again and again under assumptions.
class Solver {
 public:
  enum class Result { sat, unsat, unknown };

  virtual ~Solver() = default;
  /// At least one of them. Variables come into being by being named.
  virtual void add(std::span<const Lit> clause) = 0;
  virtual Result check(std::span<const Lit> assumptions) = 0;
  /// In the assignment found by the last check, which was `sat`.
  virtual bool value(Lit lit) const = 0;
  /// Assumptions of the last check, which was `unsat`, that contradict the clauses.
  virtual std::vector<Lit> core() const = 0;
  /// Why the last check was `unknown`.
  virtual std::string reason() const = 0;
};

/// Z3's solver of finite domains. `milliseconds` is for one check.
std::unique_ptr<Solver> z3_solver(unsigned milliseconds);

}  // namespace lockstep::orders
