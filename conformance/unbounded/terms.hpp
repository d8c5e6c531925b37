// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/term.hpp"
#include "unbounded/structure.hpp"

namespace lockstep::unbounded {

/// The terms of an automaton for the solver, in the midst of a step: locals are what the state so
/// far says, `@`, peeks and arguments what they were set to.
class Terms {
 public:
  /// `state` changes as the step goes on.
  Terms(const Signature& signature, const Structure& state, std::size_t role, const z3::expr& task);

  void set(const std::string& name, const Value& value) { known_.insert_or_assign(name, value); }

  /// The value of a term of the sort `wanted`; the sort says which Null is meant, and whether 0 and
  /// 1 are truth values.
  Value value(const Term& term, const z3::sort& wanted) const;
  /// Of an integer that may be Null.
  Value nullable(const Term& term) const;
  /// The condition that a term states.
  z3::expr truth(const Term& term) const;
  /// What was calculated with since the last call must have been numbers: that each was.
  std::vector<z3::expr> take_numbers() { return std::exchange(numbers_, {}); }

 private:
  std::optional<Value> variable(const TermNode& node) const;
  /// The sort that a term has by itself; none for a constant.
  std::optional<z3::sort> sort_of(const Term& term) const;
  z3::expr compare(const Term& a, const Term& b) const;
  z3::expr integer(const Term& term) const;
  [[noreturn]] void refuse(const Term& term) const;

  const Signature& sig_;
  const Structure& state_;
  std::size_t role_;
  z3::expr task_;
  std::map<std::string, Value> known_;
  mutable std::vector<z3::expr> numbers_;
};

}  // namespace lockstep::unbounded
