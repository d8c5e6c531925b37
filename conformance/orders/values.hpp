// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "model/term.hpp"
#include "orders/clauses.hpp"

namespace lockstep::orders {

/// Terms as bit vectors of 16 bits, or as literals where they are conditions. Names stand above
/// all numbers that a bounded program reaches, so that a name never equals a number.
class Values {
 public:
  Values(z3::context& context, Clauses& clauses) : context_{context}, clauses_{clauses} {}

  z3::expr number(const Term& t);
  /// The term as a condition: holds iff it is not 0.
  Lit condition(const Term& t);
  /// The value of a variable or term in a model of the solver.
  Atom atom(const z3::model& model, const Term& t);

  static constexpr unsigned width = 16;

 private:
  z3::expr formula(const Term& t);

  z3::context& context_;
  Clauses& clauses_;
  std::map<std::pair<std::string, Atom>, z3::expr> variables_;
  std::unordered_map<const TermNode*, Lit> conditions_;
  std::unordered_map<const TermNode*, Term> kept_;  ///< so that an address is not used twice
};

}  // namespace lockstep::orders
