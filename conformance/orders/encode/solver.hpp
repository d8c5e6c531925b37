// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
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
  virtual bool value(Lit lit) = 0;
  /// Assumptions of the last check, which was `unsat`, that contradict the clauses.
  virtual std::vector<Lit> core() = 0;
  /// Why the last check was `unknown`.
  virtual std::string reason() = 0;
};

/// Two solvers that share nothing: what one has made wrong, the other shows. Z3 (of finite domains)
/// decides what a protocol is said to promise, and rechecks; CaDiCaL, several times faster here,
/// decides litmus tests and searches placements.
enum class SolverName { z3, cadical };
constexpr std::string_view name_of(SolverName name) {
  return name == SolverName::z3 ? "z3" : "cadical";
}

/// `milliseconds` is for one check; Z3 takes as many steps as it does in about that time.
std::unique_ptr<Solver> z3_solver(unsigned milliseconds);
std::unique_ptr<Solver> cadical(unsigned milliseconds);
inline std::unique_ptr<Solver> make_solver(SolverName name, unsigned milliseconds) {
  return name == SolverName::z3 ? z3_solver(milliseconds) : cadical(milliseconds);
}

}  // namespace lockstep::orders
