// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/term.hpp"
#include "orders/encode/clauses.hpp"
#include "orders/encode/domains.hpp"

namespace lockstep::orders {

/// Terms as numbers of bits in two's complement, or as literals where they are conditions. Names
/// stand above all numbers that the program reaches, so that a name never equals a number. Without
/// known domains a number has 16 bits, or 36 where the program names `large` ones.
class Values {
 public:
  Values(Clauses& clauses, const std::optional<Domains>& domains, bool large = false);

  using Bits = std::vector<Lit>;  ///< lowest first
  const Bits& number(const Term& t);
  /// The term as a condition: holds iff it is not 0.
  Lit condition(const Term& t);
  /// Where `when` holds, the two are equal.
  void equate(Lit when, const Term& a, const Term& b);
  /// The value of a variable or term in the assignment that the solver has found.
  Atom atom(const Term& t);

 private:
  Bits constant(std::int64_t value) const;
  Bits calculated(const Term& t);
  Bits sum(const Bits& a, const Bits& b, Lit carry);
  Lit less(const Term& a, const Term& b);
  Lit equal(const Bits& a, const Bits& b);
  std::int64_t encode(Atom atom) const;

  Clauses& clauses_;
  std::size_t width_ = 16;
  std::int64_t first_name_;
  std::int64_t first_too_large_;  ///< of the numbers, without known domains
  bool bounded_ = false;          ///< the domains are known
  std::vector<Atom> names_;       ///< where they are
  std::map<std::pair<std::string, Atom>, Bits> variables_;
  std::unordered_map<const TermNode*, Bits> numbers_;
  std::unordered_map<const TermNode*, Lit> conditions_;
  std::vector<Term> kept_;  ///< so that an address is not used twice
};

}  // namespace lockstep::orders
